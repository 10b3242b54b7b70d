package dev.tactus.lake.failure;

import org.jspecify.annotations.Nullable;

/// The user's SQL is not one that can be answered: not a single SELECT, or wrong in itself.
public final class QueryRefused extends LakeException {
    private static final long serialVersionUID = 1L;

    public QueryRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
