package dev.tactus.limits.pacing;

import java.util.function.Consumer;

/// One who waits for a turn. It holds nothing meanwhile.
///
/// Compared by identity: two waiters are never the same.
final class Waiter {
    private final FairQueue line;
    private final CallRequest request;
    private final long since;
    private final long deadline;
    private final Consumer<PacerReply> receiver;

    /// @param deadline the last moment at which a turn is of use; [PacedLimit#NEVER] if there is none
    Waiter(FairQueue line, CallRequest request, long since, long deadline, Consumer<PacerReply> receiver) {
        this.line = line;
        this.request = request;
        this.since = since;
        this.deadline = deadline;
        this.receiver = receiver;
    }

    FairQueue line() {
        return line;
    }

    String caller() {
        return request.caller();
    }

    int priority() {
        return request.priority();
    }

    long since() {
        return since;
    }

    long deadline() {
        return deadline;
    }

    Consumer<PacerReply> receiver() {
        return receiver;
    }
}
