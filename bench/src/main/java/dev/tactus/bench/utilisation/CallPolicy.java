package dev.tactus.bench.utilisation;

/// A way to decide when to call.
interface CallPolicy extends AutoCloseable {

    /// A caller wants to send, for the `attempt`-th time again after a refusal; `go` is run when it may.
    void ask(int attempt, Runnable go);

    /// A caller sends, right after its `go`; the answer to be told.
    Answer sent();

    @Override
    default void close() {}

    /// Hears of an answer.
    interface Answer {
        void came(boolean accepted, long sentAt);
    }

    /// Makes a policy for a run.
    interface Maker {
        CallPolicy make(ServerScenario scenario, VirtualTime world);
    }
}
