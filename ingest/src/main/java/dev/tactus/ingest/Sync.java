package dev.tactus.ingest;

/// One run of a source: plans it or continues it, fetches what is open, lands it, accounts for it, publishes it.
///
/// [#run] blocks and is called once; [#stop] may be called by any thread.
public final class Sync {
    private final SyncParts parts;
    private final Progress progress;

    public Sync(SyncParts parts, Progress progress) {
        this.parts = parts;
        this.progress = progress;
    }

    /// Runs until nothing is left, or nothing but work that is parked for longer than the request waits, or it is
    /// stopped.
    ///
    /// @throws RunFailed if it can't go on; what is staged is kept
    public SyncReport run(SyncRequest request) {
        throw new UnsupportedOperationException("not yet: " + parts + progress + request);
    }

    /// Asks the run to seal what it has and to leave; it does within a few seconds.
    public void stop() {
        throw new UnsupportedOperationException("not yet");
    }
}
