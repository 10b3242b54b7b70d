package dev.tactus.bench.utilisation;

/// A way to decide when to call.
interface CallPolicy extends AutoCloseable {

    /// A caller wants to send, for the `attempt`-th time again after a refusal; `go` is run when it may.
    void ask(int attempt, Runnable go);

    /// A caller sends, right after its `go`; the answer to be told.
    Answer sent();

    /// A call has arrived at the server; only who looks into the server hears of it.
    default void arrived() {}

    /// Whether it reads by itself how long an answer says to wait.
    default boolean readsWaits() {
        return false;
    }

    @Override
    default void close() {}

    /// Hears of an answer.
    interface Answer {
        void came(boolean accepted, long sentAt);

        /// The same with what the answer's headers say.
        default void came(ApiDialect.Answer answer, long sentAt) {
            came(answer.accepted(), sentAt);
        }
    }

    /// Makes a policy for a run.
    interface Maker {
        CallPolicy make(ServerScenario scenario, VirtualTime world);
    }
}
