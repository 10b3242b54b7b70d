package dev.tactus.ledger.journal;

import dev.tactus.database.SqlSession;
import dev.tactus.database.TableColumn;
import java.util.List;
import java.util.Set;

/// A table of the ledger in a part of the journal: which of its rows, in which order.
///
/// @param where a condition; `?` is what the part belongs to
/// @param order in which they came, where that means something
record JournalTable(String name, String where, String order) {
    private static final String OF_RUN = "slice IN (SELECT number FROM slice WHERE run = ?)";

    /// The tables of parts that are no book.
    private static final Set<String> IN_OTHER_PARTS =
            Set.of("catalog", "recording", "item", "awaited", "dead_letter_body", "resolution", "seen_track");

    /// The tables that are in no part: of no use in another ledger.
    static final Set<String> NOWHERE = Set.of("bond", "alert", "worker", "run_page", "quota", "permit");

    private static JournalTable all(String name) {
        return new JournalTable(name, "? = ''", "1");
    }

    /// The tables of a part. A table that is new belongs to the book.
    static List<JournalTable> of(JournalPart.Kind kind, SqlSession session) {
        return switch (kind) {
            case CATALOG -> List.of(all("catalog"), all("recording"));
            case BOOK ->
                session.tables().stream()
                        .filter(name -> !IN_OTHER_PARTS.contains(name) && !NOWHERE.contains(name))
                        .map(JournalTable::ofBook)
                        .toList();
            case ITEMS ->
                List.of(
                        new JournalTable("item", OF_RUN, "slice, recording"),
                        new JournalTable("awaited", OF_RUN, "slice, recording, territory"),
                        new JournalTable("chunk", "publication IS NOT NULL AND run = ?", "number"),
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

    List<TableColumn> columns(SqlSession session) {
        return session.columns(name);
    }

    /// A SELECT of its rows, each as one line in the text format of PostgreSQL's COPY: tabs between the columns,
    /// `\N` for nothing, backslashes before what would be mistaken. Bytes are hex digits.
    String lines(SqlSession session, List<TableColumn> columns) {
        StringBuilder line = new StringBuilder();
        for (TableColumn column : columns) {
            line.append(line.isEmpty() ? "" : " || '\t' || ")
                    .append("coalesce(")
                    .append(
                            switch (column.kind()) {
                                case BYTES -> session.hex(column.name());
                                case TEXT -> escaped(column.name());
                                case WHOLE -> "CAST(" + column.name() + " AS TEXT)";
                            })
                    .append(", '\\N')");
        }
        return "SELECT " + line + " AS line FROM " + name + " WHERE " + where + " ORDER BY " + order;
    }

    private static String escaped(String column) {
        return "replace(replace(replace(replace(" + column
                + ", '\\', '\\\\'), '\t', '\\t'), '\n', '\\n'), '\r', '\\r')";
    }

    /// Rows that are there stay: the same payload may be in the parts of several runs.
    String insert(SqlSession session, List<String> names, List<TableColumn> columns) {
        List<String> values = names.stream()
                .map(name -> columns.stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .map(column -> switch (column.kind()) {
                    case BYTES -> session.unhex("?");
                    case TEXT -> "?";
                    case WHOLE -> "CAST(? AS BIGINT)";
                })
                .toList();
        return "INSERT INTO " + name + " (" + String.join(", ", names) + ") VALUES (" + String.join(", ", values)
                + ") ON CONFLICT DO NOTHING";
    }
}
