package dev.tactus.ledger.journal;

import dev.tactus.database.SqlSession;
import dev.tactus.database.TableColumn;
import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The journal beside the ledger at one moment.
///
/// A sealed ledger has been copied as it is: each row stands in both, or another hand was at one of them. One that is
/// not sealed has gone on, by a command that is at work or was cut off: what can't have changed is compared.
final class JournalCheck {
    private static final int LONG = 300;
    private static final String BOOK = new JournalPart(JournalPart.Kind.BOOK, "", "").fileName();

    private final SqlSession session;
    private final LedgerJournal journal;
    private final LedgerJournal.PartSource files;
    private final Optional<String> sealed;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> since = new ArrayList<>();

    JournalCheck(SqlSession session, LedgerJournal journal, LedgerJournal.PartSource files) {
        this.session = session;
        this.journal = journal;
        this.files = files;
        this.sealed = LedgerJournal.sealed(session);
    }

    /// Of all parts.
    JournalVerdict verdict() {
        book();
        Set<String> named = new HashSet<>(opened(BOOK, journal::head).parts());
        List<JournalPart> parts = LedgerJournal.parts(session);
        for (JournalPart part : parts.subList(0, parts.size() - 1)) {
            if (named.contains(part.fileName())) {
                alike(part, part.fileName());
            } else if (sealed.isEmpty()) {
                since.add(
                        part.kind() == JournalPart.Kind.ITEMS
                                ? "items of run " + part.of()
                                : "what is known of " + (part.of().isEmpty() ? "recordings" : part.of()));
            } else {
                unnamed(part, named);
            }
        }
        return new JournalVerdict(wrong, since);
    }

    /// Its mark is another than when it was copied: the rows tell which of them was changed.
    private void unnamed(JournalPart part, Set<String> named) {
        int before = wrong.size();
        named.stream().filter(part::isNamedLike).sorted().forEach(name -> alike(part, name));
        if (wrong.size() == before) {
            wrong.add("the part " + part.fileName() + " is not among those that the journal names");
        }
    }

    /// Of what is small.
    JournalVerdict book() {
        JournalPart book = new JournalPart(JournalPart.Kind.BOOK, "", "");
        if (sealed.isPresent()) {
            alike(book, BOOK);
            if (wrong.isEmpty() && !opened(BOOK, journal::head).mark().equals(sealed.get())) {
                wrong.add("the journal is not the one that the ledger was last copied to");
            }
        } else {
            JournalComparison lasting = new JournalComparison(session, JournalComparison.LASTING);
            opened(BOOK, in -> lasting.gone(each -> journal.rows(in, each)))
                    .forEach(line ->
                            gone(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1)));
            differing(book, BOOK).forEach((table, rows) -> {
                if (!rows.added().isEmpty()) {
                    since.add(table + " (" + rows.added().size() + ")");
                }
            });
        }
        return new JournalVerdict(wrong, since);
    }

    private void alike(JournalPart part, String name) {
        differing(part, name).forEach((table, rows) -> {
            if (rows.gone().isEmpty()) {
                wrong.add(what(table) + " was put into the ledger behind our back: the journal does not have "
                        + said(table, rows.added().getFirst()));
            } else {
                gone(table, rows.gone().getFirst());
            }
        });
    }

    private void gone(String table, String line) {
        wrong.add(what(table) + " was changed or taken away in the ledger behind our back: the journal says "
                + said(table, line));
    }

    private static String what(String table) {
        return switch (table) {
            case "variance_decision" -> "a decision on a variance";
            case "report", "report_total", "report_rejected", "report_event" -> "what the ledger says of a report";
            case "usage_match" -> "the match of a usage";
            case "report_decision" -> "a decision on what a text means";
            default -> "a row of the table " + table;
        };
    }

    /// A row for people: what is in it, by the names of its columns.
    private String said(String table, String line) {
        List<TableColumn> columns = new JournalTable(table, "", "").columns(session);
        String[] cells = line.split("\t", -1);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < cells.length && i < columns.size(); i++) {
            if (!cells[i].equals("\\N") && !cells[i].isEmpty()) {
                said.add(columns.get(i).name().replace('_', ' ') + " " + cells[i].replace("\\n", " "));
            }
        }
        String all = String.join(", ", said);
        return all.length() > LONG ? all.substring(0, LONG) + "…" : all;
    }

    /// Rows that only one of the two has.
    private record Rows(List<String> gone, List<String> added) {}

    /// How many rows a table has, and the sum of their digests: the same for the same rows in any order.
    private static final class Sum {
        private long rows;
        private long first;
        private long second;

        void add(String line) {
            Sha256 digest = Sha256.of(line);
            rows++;
            first += digest.first();
            second += digest.second();
        }

        boolean is(Sum other) {
            return rows == other.rows && first == other.first && second == other.second;
        }
    }

    /// The tables of a part in which rows differ. One that an earlier version has written, without a table or with
    /// other
    /// columns, is not compared there.
    private Map<String, Rows> differing(JournalPart part, String name) {
        Map<String, JournalTable> tables = JournalTable.of(part.kind(), session).stream()
                .collect(Collectors.toMap(JournalTable::name, table -> table));
        Map<String, Sum> there = new HashMap<>();
        Set<String> heads = new HashSet<>();
        opened(name, in -> {
            journal.rows(in, new LedgerJournal.RowReader() {
                @Override
                public void begin(List<String> head) {
                    heads.add(String.join("\t", head.subList(1, head.size())));
                }

                @Override
                public void read(List<String> head, String line) {
                    there.computeIfAbsent(head.get(1), _ -> new Sum()).add(line);
                }
            });
            return heads;
        });
        Map<String, Rows> differing = new TreeMap<>();
        tables.forEach((table, declared) -> {
            List<TableColumn> columns = declared.columns(session);
            String head = table + "\t" + columns.stream().map(TableColumn::name).collect(Collectors.joining("\t"));
            Sum here = new Sum();
            session.each(declared.lines(session, columns), row -> here.add(row.text("line")), part.of());
            if (heads.contains(head) && !here.is(there.getOrDefault(table, new Sum()))) {
                differing.put(table, rows(declared, columns, part, name));
            }
        });
        return differing;
    }

    private Rows rows(JournalTable table, List<TableColumn> columns, JournalPart part, String name) {
        Set<String> here =
                new HashSet<>(session.list(table.lines(session, columns), row -> row.text("line"), part.of()));
        List<String> gone = new ArrayList<>();
        opened(name, in -> {
            journal.rows(in, (head, line) -> {
                if (head.get(1).equals(table.name()) && !here.remove(line)) {
                    gone.add(line);
                }
            });
            return gone;
        });
        return new Rows(gone, here.stream().sorted().toList());
    }

    private interface Reading<T> {
        T of(InputStream part);
    }

    private <T> T opened(String name, Reading<T> reading) {
        try (InputStream in = files.open(name)) {
            return reading.of(in);
        } catch (BrokenJournal e) {
            throw new BrokenJournal("the part " + name + " of the journal is damaged (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
