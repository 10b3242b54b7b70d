package dev.tactus.spark;

import java.util.List;

/// Data files that a statement reads.
///
/// @param paths on a file system that every machine of the cluster has
/// @param fields the columns by which they are read, whatever they are called in a file; none where all have the same
record ParquetFiles(List<String> paths, List<Field> fields) {
    ParquetFiles {
        paths = List.copyOf(paths);
        fields = List.copyOf(fields);
    }

    /// A column.
    ///
    /// @param id Iceberg's
    /// @param type in Spark's words
    record Field(int id, String name, String type) {}
}
