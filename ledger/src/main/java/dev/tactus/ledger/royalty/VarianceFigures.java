package dev.tactus.ledger.royalty;

import java.util.Optional;

/// What both sides of a row said when somebody decided about it: a decision holds as long as they say the same.
///
/// @param revenues what the reports earned, as `EUR:12.5 USD:3`, by currency; empty where they earned nothing
public record VarianceFigures(Optional<Long> apiCount, Optional<Long> reportCount, String revenues) {}
