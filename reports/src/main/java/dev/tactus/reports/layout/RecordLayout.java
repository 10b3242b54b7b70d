package dev.tactus.reports.layout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A file whose first cell tells what kind of record a row is, and whose rows of sales refer to records before them.
///
/// Columns are named by the layout, or by comment lines of the file: `#SU03.01`, then the names.
///
/// @param comment what a comment line begins with
/// @param heads the kinds that a file begins with: what it is recognised by
/// @param feet the kinds that a file ends with, and the column that says how many lines it has
/// @param separator between several values in one cell
/// @param kept records that rows refer to, by the name fields use for them
/// @param rows the kinds that are sales
/// @param columns of a kind, after its own cell
public record RecordLayout(
        String comment,
        Set<String> heads,
        Map<String, String> feet,
        Optional<String> separator,
        Map<String, KeptRecords> kept,
        Set<String> rows,
        Map<String, List<String>> columns) {

    /// Records that are kept for the rows after them.
    ///
    /// @param types the kinds
    /// @param key columns of the record that name it; empty: there is one, the last
    /// @param by columns of the row that name the record it is about, in order
    /// @param within a column whose change ends them all: the block's number
    /// @param alone whether a row that names none means the only one there is
    public record KeptRecords(
            Set<String> types, List<String> key, List<String> by, Optional<String> within, boolean alone) {
        public KeptRecords {
            types = Set.copyOf(types);
            key = List.copyOf(key);
            by = List.copyOf(by);
        }
    }

    public RecordLayout {
        heads = Set.copyOf(heads);
        feet = Map.copyOf(feet);
        kept = Map.copyOf(kept);
        rows = Set.copyOf(rows);
        columns = Map.copyOf(columns);
    }

    /// The kind without its version: `SU03` of `SU03.01`.
    public static String bare(String type) {
        int dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }

    /// Whether a kind, in any version, is among these.
    public static boolean has(Set<String> types, String type) {
        return types.contains(type) || types.contains(bare(type));
    }
}
