package dev.tactus.ingest.run;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.SliceCounts;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a source's runs still owe: unfinished ones first, then every day that has no final answer yet.
public final class DueRuns {
    private DueRuns() {}

    /// What has to be run, in this order; never nothing.
    ///
    /// @param template whose days are left aside
    public static List<SyncRequest> of(Ledger ledger, String source, Instant now, SyncRequest template) {
        SettleWindow window = SettleWindow.at(now, template.settleDays());
        List<LocalDate> days = RunDays.due(window, ledger.answered().fetched(source), template.datasets());
        List<SyncRequest> due = new ArrayList<>();
        for (Run run : ledger.runs().unfinished(source)) {
            Map<LocalDate, Set<Dataset>> planned = planned(ledger, run);
            due.add(continuing(template, run, planned));
            days = RunDays.without(days, window, template.datasets(), run.startedAt(), planned);
        }
        if (!days.isEmpty()) {
            due.add(template.forDays(days));
        }
        return List.copyOf(due);
    }

    /// What has to be run to end one run.
    public static SyncRequest continuing(Ledger ledger, Run run, SyncRequest template) {
        return continuing(template, run, planned(ledger, run));
    }

    private static SyncRequest continuing(SyncRequest template, Run run, Map<LocalDate, Set<Dataset>> planned) {
        // one that was killed before its plan was saved has planned nothing yet
        return template.continuing(
                run, planned.isEmpty() ? RunDays.range(run.from(), run.to()) : List.copyOf(planned.keySet()));
    }

    private static Map<LocalDate, Set<Dataset>> planned(Ledger ledger, Run run) {
        Map<LocalDate, Set<Dataset>> planned = new TreeMap<>();
        for (SliceCounts slice : ledger.items().countsBySlice(run.id())) {
            planned.computeIfAbsent(slice.day(), day -> EnumSet.noneOf(Dataset.class))
                    .add(slice.dataset());
        }
        return planned;
    }
}
