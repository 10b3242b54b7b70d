package dev.tactus.ledger.publications;

import java.util.Optional;

/// A staged file that is on disk and not yet published.
///
/// @param table the lake table it belongs to
/// @param path relative to the lake's folder
/// @param sha256 of its content, lower-case hex; absent where it is older than digests being noted
public record ChunkFile(String table, String path, long rows, long bytes, Optional<String> sha256) {
    public ChunkFile {
        if (table.isBlank() || path.isBlank() || rows < 0 || bytes < 0) {
            throw new IllegalArgumentException("not a staged file: table '" + table + "', path '" + path + "', " + rows
                    + " rows, " + bytes + " bytes");
        }
    }
}
