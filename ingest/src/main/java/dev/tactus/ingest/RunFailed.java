package dev.tactus.ingest;

import org.jspecify.annotations.Nullable;

/// Says why work stopped: the machine, the source or the account of the run. What was staged is kept, and the same
/// command goes on from there once the cause is mended.
public final class RunFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunFailed(String message) {
        super(message);
    }

    RunFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
