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
/// @param kind how many first cells tell what kind a record is; of several, a comma stands between them in its name
/// @param heads the kinds that a file begins with: what it is recognised by
/// @param feet the kinds that a file ends with, and the column that says how many lines it has
/// @param separator between several values in one cell
/// @param kept records that rows refer to, by the name fields use for them
/// @param rows the kinds that are sales
/// @param shares records that say how much of the sale before them is the recipient's
/// @param columns of a kind, after the cells that tell it
public record RecordLayout(
        String comment,
        int kind,
        Set<String> heads,
        Map<String, String> feet,
        Optional<String> separator,
        Map<String, KeptRecords> kept,
        Set<String> rows,
        Optional<ShareRecords> shares,
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

    /// Records after a sale, each of which tells what a holder of rights gets for it: together they are its amount.
    ///
    /// @param types the kinds
    /// @param of the kinds of sales that they follow
    /// @param amount columns; the first one that is not empty counts
    public record ShareRecords(Set<String> types, Set<String> of, List<String> amount) {
        public ShareRecords {
            types = Set.copyOf(types);
            of = Set.copyOf(of);
            amount = List.copyOf(amount);
        }
    }

    public RecordLayout {
        heads = Set.copyOf(heads);
        feet = Map.copyOf(feet);
        kept = Map.copyOf(kept);
        rows = Set.copyOf(rows);
        columns = Map.copyOf(columns);
    }

    /// The kind that these cells begin with.
    public String kindOf(List<String> cells) {
        return String.join(",", cells.subList(0, Math.min(kind, cells.size())));
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
