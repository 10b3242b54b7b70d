package dev.tactus.ingest.run;

import org.jspecify.annotations.Nullable;

/// Says why work stopped: the machine, the source or the account of the run. What was staged is kept, and the same
/// command goes on from there once the cause is mended.
public final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RunFailure(String message) {
        super(message);
    }

    public RunFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
