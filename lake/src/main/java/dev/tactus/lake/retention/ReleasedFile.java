package dev.tactus.lake.retention;

import dev.tactus.lake.table.FileDigest;

/// A data file whose bytes are let go, and the file with all else of its rows that takes its place.
///
/// @param released how many of its rows let bytes go
public record ReleasedFile(FileDigest file, long released, FileDigest replacement) {}
