package dev.tactus.lake.table;

/// A data file and what it holds, to the byte.
///
/// @param path relative to the lake's folder, with forward slashes
/// @param rows as the table's metadata says
/// @param sha256 of its content, lower-case hex
public record FileDigest(LakeTable table, String path, long rows, long bytes, String sha256) {}
