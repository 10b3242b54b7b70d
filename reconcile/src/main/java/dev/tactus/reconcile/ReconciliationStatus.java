package dev.tactus.reconcile;

import java.util.Locale;

/// How the two counts of a recording, a territory and a kind of usage go together.
public enum ReconciliationStatus {
    /// Both are there and equal.
    AGREED,
    /// Both are there; they differ by no more than the rules tolerate.
    WITHIN_TOLERANCE,
    /// Both are there and differ by more.
    VARIANCE,
    /// No report names it, and statements are still to come.
    API_ONLY,
    /// No report names it, and the statement is out.
    NOT_REPORTED,
    /// The API gave no count.
    REPORT_ONLY;

    /// As it stands in tables and files.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As a person reads it.
    public String words() {
        return this == API_ONLY ? "API only" : label().replace('_', ' ');
    }
}
