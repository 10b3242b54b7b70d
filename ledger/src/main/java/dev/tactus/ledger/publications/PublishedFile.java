package dev.tactus.ledger.publications;

/// A data file that a publication added to a table, to the byte.
///
/// @param path relative to the lake's folder
/// @param sha256 lower-case hex
public record PublishedFile(String table, String path, long bytes, String sha256) {}
