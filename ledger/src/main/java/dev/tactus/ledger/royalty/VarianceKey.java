package dev.tactus.ledger.royalty;

import java.time.LocalDate;

/// Which row of a reconciliation a person has decided about.
///
/// @param to the last day of the period, which belongs to it
public record VarianceKey(
        String source, LocalDate from, LocalDate to, String isrc, String territory, String usageType) {}
