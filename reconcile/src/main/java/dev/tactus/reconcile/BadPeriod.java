package dev.tactus.reconcile;

/// A text that names no period; the message says what would be right.
public final class BadPeriod extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadPeriod(String message) {
        super(message);
    }
}
