package dev.tactus.ingest.fetch;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.catalog.Resolution;
import java.util.ArrayList;
import java.util.List;

/// The results of searches, on their way to the ledger: written in small batches, at least once a second, so that a
/// crash costs no more searches than that. Thread-safe.
public final class ResolutionBuffer {
    private static final int BATCH = 200;

    private final Ledger ledger;
    private final String source;
    private List<Resolution> waiting = new ArrayList<>();
    private long added;

    public ResolutionBuffer(Ledger ledger, String source) {
        this.ledger = ledger;
        this.source = source;
    }

    void add(Resolution resolution) {
        boolean full;
        synchronized (this) {
            waiting.add(resolution);
            added++;
            full = waiting.size() >= BATCH;
        }
        if (full) {
            flush();
        }
    }

    public void flush() {
        List<Resolution> batch;
        synchronized (this) {
            batch = waiting;
            waiting = new ArrayList<>();
        }
        if (batch.isEmpty()) {
            return;
        }
        boolean recorded = false;
        try {
            ledger.resolutions().record(source, batch);
            recorded = true;
        } finally {
            if (!recorded) {
                keep(batch);
            }
        }
    }

    /// For the next time.
    private synchronized void keep(List<Resolution> batch) {
        batch.addAll(waiting);
        waiting = batch;
    }

    synchronized long added() {
        return added;
    }
}
