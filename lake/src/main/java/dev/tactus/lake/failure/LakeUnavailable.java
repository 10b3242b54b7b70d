package dev.tactus.lake.failure;

import org.jspecify.annotations.Nullable;

/// The machine does not let the lake work: an unwritable folder, a full disk, a locked catalog.
/// The same call is safe to repeat once that is mended.
public final class LakeUnavailable extends LakeException {
    private static final long serialVersionUID = 1L;

    public LakeUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
