package dev.tactus.reconcile;

/// What should be the same and is not: counts after a join, a manifest and its digest. A fault of this program, of the
/// machine, or of whoever changed a file; never of the reports.
public final class IntegrityFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IntegrityFailure(String message) {
        super(message);
    }
}
