package dev.tactus.ingest.landing;

import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import java.util.concurrent.atomic.AtomicLong;

/// How many items have an outcome, for the progress line: the ledger's counts at the start of a round and what has
/// landed since. Thread-safe.
public final class ItemProgress {
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();

    public void reset(ItemCounts counts) {
        total.set(counts.planned());
        parked.set(counts.of(ItemState.PARKED));
        done.set(counts.accounted() - counts.of(ItemState.PARKED));
    }

    void settled(SettledItem item) {
        (item.verdict().state() == ItemState.PARKED ? parked : done).incrementAndGet();
    }

    /// Items that are through; parked ones are not.
    public long done() {
        return Math.min(total.get(), done.get());
    }

    public long total() {
        return total.get();
    }

    public long parked() {
        return Math.min(parked.get(), Math.max(0, total.get() - done.get()));
    }
}
