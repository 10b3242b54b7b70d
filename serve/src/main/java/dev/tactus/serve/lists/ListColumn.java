package dev.tactus.serve.lists;

/// A column of a list.
///
/// @param name of the field in the command's answer
/// @param shown on the page; all are in JSON and CSV
public record ListColumn(String name, ColumnKind kind, boolean shown) {
    static ListColumn shown(String name, ColumnKind kind) {
        return new ListColumn(name, kind, true);
    }

    static ListColumn kept(String name, ColumnKind kind) {
        return new ListColumn(name, kind, false);
    }
}
