package dev.tactus.reconcile.variance;

import java.util.Locale;

/// Where a row whose two sides differ stands with people.
public enum VarianceState {
    /// Nobody has decided about it.
    OPEN,
    /// Somebody has accepted it, and both sides still say the same.
    ACCEPTED,
    /// Somebody disputes it, and both sides still say the same.
    DISPUTED,
    /// Somebody has decided about it, and a side says something else since.
    STALE,
    /// Somebody has decided about it, and the two sides agree now, or it is gone.
    SETTLED;

    /// As commands and files say it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it waits for somebody.
    public boolean isWaiting() {
        return this == OPEN || this == STALE;
    }
}
