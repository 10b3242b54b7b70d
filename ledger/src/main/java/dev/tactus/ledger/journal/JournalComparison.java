package dev.tactus.ledger.journal;

import dev.tactus.database.SqlSession;
import dev.tactus.database.TableColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A book beside the ledger: which rows, of tables that are only added to, are not there any more.
final class JournalComparison {
    private static final String REPORT = "report";
    private static final String STATE = "state";
    private static final String ENDED = "ended_at";
    private static final String REVOKED = "revoked_at";
    private static final String COMPLETED = "completed_at";
    private static final String NOTHING = "\\N";

    /// How rows of a table go on after they were written.
    ///
    /// @param columns that change
    /// @param by the column that says whether they still may; empty where they always may
    /// @param open what it says then
    record Going(Set<String> columns, String by, Set<String> open) {
        static final Going NOWHERE = new Going(Set.of(), "", Set.of());

        boolean mayGoOn(List<String> names, String[] cells) {
            return !columns.isEmpty() && (by.isEmpty() || open.contains(cells[names.indexOf(by)]));
        }

        /// A row without what may change.
        String lasting(List<String> names, String[] cells) {
            return IntStream.range(0, cells.length)
                    .filter(i -> !columns.contains(names.get(i)))
                    .mapToObj(i -> cells[i])
                    .collect(Collectors.joining("\t"));
        }
    }

    /// What money follows from, and people have to answer for.
    static final Map<String, Going> LASTING = Map.ofEntries(
            Map.entry(REPORT, new Going(Set.of(STATE, "replaced_by"), STATE, Set.of("IMPORTED", "VOIDING"))),
            Map.entry("report_total", Going.NOWHERE),
            Map.entry("report_rejected", Going.NOWHERE),
            Map.entry("report_event", Going.NOWHERE),
            Map.entry(
                    "variance_decision", new Going(Set.of("ended_by", "ended_reason", ENDED), ENDED, Set.of(NOTHING))),
            Map.entry("usage_match", new Going(Set.of("isrc", "by", "at"), "", Set.of())),
            Map.entry("report_decision", new Going(Set.of("revoked_by", REVOKED), REVOKED, Set.of(NOTHING))),
            Map.entry("period_record", Going.NOWHERE),
            Map.entry("retention_record", Going.NOWHERE),
            Map.entry("dead_letter_dismissal", Going.NOWHERE),
            Map.entry("publication", new Going(Set.of(COMPLETED), COMPLETED, Set.of(NOTHING))),
            Map.entry("published_table", Going.NOWHERE),
            Map.entry("published_file", Going.NOWHERE),
            Map.entry(
                    "run",
                    new Going(
                            Set.of(STATE, "requests", "throttled", "retried", "note", "updated_at", ENDED, "change"),
                            "",
                            Set.of())));

    private final Map<String, Compared> tables = new HashMap<>();
    private final Set<String> cutOff = new HashSet<>();

    /// @param rows of the ledger, whole, and without what may change
    private record Compared(Going going, List<String> columns, Set<String> rows, Set<String> lasting) {
        boolean has(String line, String[] cells) {
            return rows.contains(line)
                    || (going.mayGoOn(columns, cells) && lasting.contains(going.lasting(columns, cells)));
        }
    }

    JournalComparison(SqlSession session, Map<String, Going> compared) {
        for (JournalTable table : JournalTable.of(JournalPart.Kind.BOOK, session)) {
            Going going = compared.get(table.name());
            if (going != null) {
                List<TableColumn> columns = table.columns(session);
                List<String> names = columns.stream().map(TableColumn::name).toList();
                Set<String> rows =
                        new HashSet<>(session.list(table.lines(session, columns), row -> row.text("line"), ""));
                Set<String> lasting = new HashSet<>();
                rows.forEach(row -> lasting.add(going.lasting(names, row.split("\t", -1))));
                tables.put(table.name(), new Compared(going, names, rows, lasting));
            }
        }
        if (tables.size() != compared.size()) {
            throw new IllegalArgumentException("a book has not all of the tables " + compared.keySet());
        }
    }

    /// The rows, each behind the name of its table.
    List<String> gone(Consumer<LedgerJournal.RowReader> book) {
        List<String> gone = new ArrayList<>();
        book.accept((head, line) -> {
            Compared table = tables.get(head.get(1));
            if (table != null && head.subList(2, head.size()).equals(table.columns)) {
                String[] cells = line.split("\t", -1);
                if (!isCutOff(head.get(1), table.columns, cells) && !table.has(line, cells)) {
                    gone.add(head.get(1) + "\t" + line);
                }
            }
        });
        return gone;
    }

    /// An import that was cut off is forgotten, with its sums, which stand after it in a book.
    private boolean isCutOff(String table, List<String> columns, String[] cells) {
        if (table.equals(REPORT) && cells[columns.indexOf(STATE)].equals("IMPORTING")) {
            cutOff.add(cells[columns.indexOf("number")]);
            return true;
        }
        return columns.contains(REPORT) && cutOff.contains(cells[columns.indexOf(REPORT)]);
    }
}
