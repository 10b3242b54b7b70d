package dev.tactus.reconcile;

/// A period that can't be reconciled, closed or reopened as asked; the message says why and what would be right.
/// Nothing was touched.
public final class PeriodRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PeriodRefusal(String message) {
        super(message);
    }
}
