package dev.tactus.reports;

import org.jspecify.annotations.Nullable;

/// A report, or a file with decisions about it, that can't be used: the message says which, where, and what to do.
///
/// It is the caller's to mend. Nothing of the file was imported.
public final class BadReport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadReport(String message) {
        super(message);
    }

    public BadReport(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
