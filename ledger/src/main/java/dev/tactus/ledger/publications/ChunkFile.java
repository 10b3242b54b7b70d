package dev.tactus.ledger.publications;

/// A staged file that is on disk and not yet published.
///
/// @param table the lake table it belongs to
/// @param path relative to the lake's folder
public record ChunkFile(String table, String path, long rows, long bytes) {
    public ChunkFile {
        if (table.isBlank() || path.isBlank() || rows < 0 || bytes < 0) {
            throw new IllegalArgumentException("not a staged file: table '" + table + "', path '" + path + "', " + rows
                    + " rows, " + bytes + " bytes");
        }
    }
}
