package dev.tactus.lake.files;

import java.time.Instant;

/// How a file is now.
///
/// @param modified when it was written last
public record FileState(long bytes, Instant modified) {}
