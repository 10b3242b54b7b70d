package dev.tactus.ingest.catalog;

/// Says that a catalog file as a whole can't be used. It is the caller's to put right; nothing was touched.
public final class BadCatalog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadCatalog(String message) {
        super(message);
    }

    BadCatalog(String message, Throwable cause) {
        super(message, cause);
    }
}
