package dev.tactus.console.sync;

import dev.tactus.ingest.Sync;
import java.util.ArrayList;
import java.util.List;

/// Asks every sync of this process to stop, those that begin afterwards too. Thread-safe.
final class StopRequests {
    private final List<Sync> running = new ArrayList<>();
    private boolean asked;

    synchronized void add(Sync sync) {
        running.add(sync);
        if (asked) {
            sync.stop();
        }
    }

    synchronized void remove(Sync sync) {
        running.remove(sync);
    }

    synchronized void ask() {
        asked = true;
        running.forEach(Sync::stop);
    }

    synchronized boolean asked() {
        return asked;
    }
}
