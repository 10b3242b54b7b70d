package dev.tactus.ledger.runs;

/// Something the summary of a run says beside its counts, with how often it happened.
///
/// @param kind what sort of thing, e.g. `listeners_without_territory`, `unknown_field`
/// @param text which one, e.g. `DE`, `/tracks/items/0/popularity`
public record RunNote(String kind, String text, long count) {}
