package dev.tactus.ingest.accounting;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.identifiers.MessageText;

/// The state of a run while no process works on it.
public final class RunCompletion {
    private RunCompletion() {}

    /// Sets the state of a run by its items.
    public static RunState settle(Ledger ledger, String runId) {
        ItemCounts counts = ledger.items().counts(runId);
        if (counts.open() > 0) {
            ledger.runs().state(runId, RunState.RUNNING, "stopped before all was fetched");
            return RunState.RUNNING;
        }
        long parked = counts.of(ItemState.PARKED);
        RunState state = parked > 0 ? RunState.INCOMPLETE : RunState.FINISHED;
        ledger.runs().state(runId, state, note(parked, counts.overBudget()));
        return state;
    }

    private static String note(long parked, long overBudget) {
        if (parked == 0) {
            return "";
        }
        return MessageText.counted(parked, "item is parked", "items are parked")
                + (overBudget == 0 ? "" : ", " + overBudget + " of them because the budget of calls was spent");
    }
}
