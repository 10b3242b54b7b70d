package dev.tactus.ledger.journal;

import dev.tactus.database.SqlSession;
import java.util.ArrayList;
import java.util.List;

/// A table of the ledger in a part of the journal: which of its rows, in which order.
///
/// @param where a condition; `?` is what the part belongs to
/// @param order in which they came, where that means something
record JournalTable(String name, String where, String order) {
    private static final String OF_RUN = "slice IN (SELECT number FROM slice WHERE run = ?)";

    /// A column, and whether it holds bytes.
    record Column(String name, boolean bytes) {}

    /// The tables that are in no book: those of other parts, and what is of no use in another ledger.
    private static final String NOT_IN_A_BOOK = "'catalog', 'recording', 'item', 'awaited', 'dead_letter_body',"
            + " 'resolution', 'seen_track', 'bond', 'alert'";

    private static JournalTable all(String name) {
        return new JournalTable(name, "? = ''", "1");
    }

    /// The tables of a part. A table that is new belongs to the book.
    static List<JournalTable> of(JournalPart.Kind kind, SqlSession session) {
        return switch (kind) {
            case CATALOG -> List.of(all("catalog"), all("recording"));
            case BOOK ->
                session.list(
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT"
                                + " IN ("
                                + NOT_IN_A_BOOK + ") ORDER BY name",
                        row -> ofBook(row.text("name")));
            case ITEMS ->
                List.of(
                        new JournalTable("item", OF_RUN, "slice, recording"),
                        new JournalTable("awaited", OF_RUN, "slice, recording, territory"),
                        new JournalTable(
                                "dead_letter_body",
                                "payload_sha256 IN (SELECT payload_sha256 FROM dead_letter WHERE run = ?)",
                                "1"));
            case IDS ->
                List.of(
                        new JournalTable("resolution", "source = ?", "recording"),
                        new JournalTable("seen_track", "source = ?", "recording, place"));
        };
    }

    private static JournalTable ofBook(String name) {
        return switch (name) {
            case "run" -> new JournalTable(name, "? = ''", "rowid");
            case "chunk" -> new JournalTable(name, "? = '' AND publication IS NULL", "number");
            default -> all(name);
        };
    }

    List<Column> columns(SqlSession session) {
        List<Column> columns = new ArrayList<>();
        session.list(
                "SELECT name, type FROM pragma_table_info(?)",
                row -> columns.add(new Column(row.text("name"), row.text("type").equals("BLOB"))),
                name);
        return columns;
    }

    /// A SELECT of its rows, each as one line in the text format of PostgreSQL's COPY: tabs between the columns,
    /// `\N` for nothing, backslashes before what would be mistaken. Bytes are hex digits.
    String lines(List<Column> columns) {
        StringBuilder line = new StringBuilder();
        for (Column column : columns) {
            line.append(line.isEmpty() ? "" : " || char(9) || ")
                    .append("coalesce(")
                    .append(column.bytes() ? "hex(" + column.name() + ")" : escaped(column.name()))
                    .append(", '\\N')");
        }
        return "SELECT " + line + " AS line FROM " + name + " WHERE " + where + " ORDER BY " + order;
    }

    private static String escaped(String column) {
        return "replace(replace(replace(replace(CAST(" + column
                + " AS TEXT), '\\', '\\\\'), char(9), '\\t'), char(10), '\\n'), char(13), '\\r')";
    }

    String insert(List<String> names, List<Column> columns) {
        List<String> values = names.stream()
                .map(name -> columns.stream()
                                .filter(column -> column.name().equals(name))
                                .anyMatch(Column::bytes)
                        ? "unhex(?)"
                        : "?")
                .toList();
        return "INSERT OR REPLACE INTO " + name + " (" + String.join(", ", names) + ") VALUES ("
                + String.join(", ", values) + ")";
    }
}
