package dev.tactus.reconcile;

/// Counts that should be the same and are not: a fault of this program or of the machine, never of the reports.
public final class DoesNotAddUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DoesNotAddUp(String message) {
        super(message);
    }
}
