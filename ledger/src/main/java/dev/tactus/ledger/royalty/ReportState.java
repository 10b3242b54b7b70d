package dev.tactus.ledger.royalty;

import java.util.Locale;

/// What has become of a sales report.
public enum ReportState {
    /// Its rows are on their way into the lake; the lake knows whether they have arrived.
    IMPORTING,
    /// Its rows are in the lake.
    IMPORTED,
    /// A corrected report took its place; its rows are out of the lake's current state.
    REPLACED,
    /// It is being taken back; the lake knows whether its rows are out.
    VOIDING,
    /// It was taken back by a person.
    VOIDED;

    /// As commands print it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
