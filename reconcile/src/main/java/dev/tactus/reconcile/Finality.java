package dev.tactus.reconcile;

import java.util.Locale;

/// Whether a payable count may still change without anybody restating it.
public enum Finality {
    /// A statement says so, and the rules accept it.
    FINAL,
    /// A statement is awaited, or the rules ask a person to look first.
    PROVISIONAL;

    /// As it stands in tables and files.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
