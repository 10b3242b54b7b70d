package dev.tactus.lake.failure;

import org.jspecify.annotations.Nullable;

/// Somebody else changed a table between preparing and committing; prepare again, then commit.
public final class LakeConflict extends LakeException {
    private static final long serialVersionUID = 1L;

    public LakeConflict(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
