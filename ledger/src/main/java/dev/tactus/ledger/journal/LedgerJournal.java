package dev.tactus.ledger.journal;

import dev.tactus.database.Database;
import dev.tactus.database.SqlSession;
import dev.tactus.database.TableColumn;
import dev.tactus.digest.Sha256Stream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The journal: the ledger's rows as text, from which it can be written anew.
///
/// A part is a gzip file, which carries a checksum. Its first line says what it is; a line that begins with `\.table`
/// names a table and its columns, and the rows follow; the last line counts them. `zcat` shows it.
public final class LedgerJournal {
    private static final String HEAD = "\\.tactus-journal 1";
    private static final String TABLE = "\\.table";
    private static final String PART = "\\.part";
    private static final String END = "\\.end";
    private static final String NOTHING = "\\N";

    private static final String IDS_MARK = """
        SELECT source,
          (SELECT count(*) || ' ' || coalesce(sum(at % 1000000007), 0) || ' ' || coalesce(sum(asked), 0) FROM resolution x
            WHERE x.source = s.source) || ' ' ||
          (SELECT count(*) || ' ' || coalesce(sum(duration_ms), 0) || ' ' ||
              coalesce(sum(length(title) + length(artists) + length(coalesce(album_title, ''))), 0)
            FROM seen_track t WHERE t.source = s.source)
          || coalesce((SELECT ' ' || c.change FROM source_change c WHERE c.source = s.source), '') AS mark
        FROM (SELECT DISTINCT source FROM run) s ORDER BY 1
        """;

    private final Database database;
    private final int version;

    /// @param version of the ledger's tables
    public LedgerJournal(Database database, int version) {
        this.database = database;
        this.version = version;
    }

    /// All parts as they are now, the book last.
    public List<JournalPart> parts() {
        return database.read(LedgerJournal::parts);
    }

    static List<JournalPart> parts(SqlSession session) {
        List<JournalPart> parts = new ArrayList<>();
        parts.add(new JournalPart(
                JournalPart.Kind.CATALOG,
                "",
                Long.toString(session.number("SELECT coalesce(max(generation), 0) AS n FROM catalog"))));
        session.list(
                "SELECT id, change FROM run ORDER BY rowid",
                row -> parts.add(
                        new JournalPart(JournalPart.Kind.ITEMS, row.text("id"), Long.toString(row.number("change")))));
        session.list(
                IDS_MARK,
                row -> parts.add(new JournalPart(JournalPart.Kind.IDS, row.text("source"), row.text("mark"))));
        parts.add(new JournalPart(JournalPart.Kind.BOOK, "", bookMark(session)));
        return parts;
    }

    /// The tables of a ledger that no part has.
    public static Set<String> notCopied() {
        return JournalTable.NOWHERE;
    }

    /// Whether what is small is as it was when the ledger was sealed, or it is not sealed.
    public boolean isAsSealed() {
        return database.<Boolean>read(session ->
                sealed(session).map(digest -> digest.equals(bookMark(session))).orElse(true));
    }

    static Optional<String> sealed(SqlSession session) {
        return session.first("SELECT sealed FROM bond WHERE sealed IS NOT NULL", row -> row.text("sealed"));
    }

    /// Of what is small, the digest of all of it.
    static String bookMark(SqlSession session) {
        Sha256Stream digest = new Sha256Stream();
        for (JournalTable table : JournalTable.of(JournalPart.Kind.BOOK, session)) {
            session.list(
                    table.lines(session, table.columns(session)),
                    row -> {
                        digest.update((row.text("line") + "\n").getBytes(StandardCharsets.UTF_8));
                        return true;
                    },
                    "");
        }
        return digest.digest().hex();
    }

    /// Writes a part.
    ///
    /// @param beside the others, which a book names
    public void write(JournalPart part, List<JournalPart> beside, OutputStream to) {
        database.<Boolean>read(session -> {
            try (Writer out =
                    new BufferedWriter(new OutputStreamWriter(new FastGzip(to), StandardCharsets.UTF_8), 1 << 16)) {
                out.write(HEAD + "\t" + version + "\t" + part.mark() + "\n");
                if (part.kind() == JournalPart.Kind.BOOK) {
                    for (JournalPart other : beside) {
                        out.write(PART + "\t" + other.fileName() + "\n");
                    }
                }
                long rows = 0;
                for (JournalTable table : JournalTable.of(part.kind(), session)) {
                    rows += write(session, table, part, out);
                }
                out.write(END + "\t" + rows + "\n");
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static long write(SqlSession session, JournalTable table, JournalPart part, Writer out) throws IOException {
        List<TableColumn> columns = table.columns(session);
        out.write(TABLE + "\t" + table.name());
        for (TableColumn column : columns) {
            out.write("\t" + column.name());
        }
        out.write("\n");
        return session.list(
                        table.lines(session, columns),
                        row -> {
                            try {
                                out.write(row.text("line"));
                                out.write("\n");
                                return true;
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        part.of())
                .size();
    }

    /// Gzip where time counts more than size.
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /// How a part's first lines go on: its mark, and the parts that a book names.
    public record Head(String mark, List<String> parts) {}

    /// The beginning of a part.
    ///
    /// @throws BrokenJournal if it can't be read
    public Head head(InputStream part) {
        try (BufferedReader in = text(new WholeGzip(part))) {
            String mark = first(in)[2];
            List<String> parts = new ArrayList<>();
            for (String line = in.readLine(); line != null && line.startsWith(PART); line = in.readLine()) {
                parts.add(line.substring(PART.length() + 1));
            }
            return new Head(mark, parts);
        } catch (IOException e) {
            throw new BrokenJournal(String.valueOf(e.getMessage()), e);
        }
    }

    private static BufferedReader text(WholeGzip part) {
        return new BufferedReader(new InputStreamReader(part, StandardCharsets.UTF_8), 1 << 16);
    }

    /// Gzip that tells whether anything follows, which others pass over.
    private static final class WholeGzip extends GZIPInputStream {
        /// The checksum and the length behind what is compressed.
        private static final int TRAILER = 8;

        WholeGzip(InputStream in) throws IOException {
            super(in, 1 << 16);
        }

        /// Once it was read to its end.
        boolean isAtEnd() throws IOException {
            return inf.getRemaining() <= TRAILER && in.read() < 0;
        }
    }

    private String[] first(BufferedReader in) throws IOException {
        String[] first = String.valueOf(in.readLine()).split("\t", -1);
        if (first.length != 3
                || !first[0].equals(HEAD)
                || !first[1].matches("[0-9]{1,9}")
                || Integer.parseInt(first[1]) > version) {
            throw new BrokenJournal("this version can't read it: it begins " + String.join(" ", first), null);
        }
        return first;
    }

    /// Reads a part to its end and keeps nothing of it.
    ///
    /// @throws BrokenJournal if it is damaged
    public void check(InputStream part) {
        rows(part, (_, _) -> {});
    }

    /// Opens a part.
    public interface PartSource {
        /// Opens the part of this name.
        ///
        /// @param fileName of the part
        InputStream open(String fileName) throws IOException;
    }

    /// Compares the journal with the ledger, row by row and both ways, as far as the ledger is sealed; since it was
    /// unsealed, as far as rows can't have changed.
    ///
    /// @throws BrokenJournal if a part is damaged
    public JournalVerdict compare(PartSource parts) {
        return database.read(session -> new JournalCheck(session, this, parts).verdict());
    }

    /// The same of the book alone.
    ///
    /// @throws BrokenJournal if it is damaged
    public JournalVerdict compareBook(PartSource parts) {
        return database.read(session -> new JournalCheck(session, this, parts).book());
    }

    /// Reads parts into a ledger that has nothing of them, all or none.
    ///
    /// @return the ids of dead letters whose bodies are in none of them
    /// @throws BrokenJournal if one of them is damaged
    public List<String> read(List<InputStream> parts) {
        return database.write(session -> {
            // rows of one part refer to those of another
            session.deferReferences();
            Map<List<String>, String> inserts = new HashMap<>();
            for (InputStream part : parts) {
                rows(part, (head, line) -> session.update(insert(session, inserts, head), values(line)));
            }
            List<String> bodiless = session.list(
                    "SELECT id FROM dead_letter WHERE payload_sha256 NOT IN (SELECT payload_sha256 FROM"
                            + " dead_letter_body)",
                    row -> row.text("id"));
            session.update("INSERT INTO dead_letter_body (payload_sha256, body) SELECT DISTINCT payload_sha256, "
                    + session.unhex("''") + " FROM dead_letter WHERE true ON CONFLICT DO NOTHING");
            session.tables().forEach(session::numberOn);
            return bodiless;
        });
    }

    /// Takes rows of parts, one by one.
    interface RowReader {
        /// Rows of another table follow, perhaps none.
        default void begin(List<String> head) {}

        /// Takes one.
        ///
        /// @param head the marker, the table and its columns
        void read(List<String> head, String line);
    }

    void rows(InputStream from, RowReader each) {
        try (WholeGzip gzip = new WholeGzip(from);
                BufferedReader in = text(gzip)) {
            first(in);
            List<String> head = List.of();
            long rows = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(TABLE)) {
                    head = List.of(line.split("\t", -1));
                    each.begin(head);
                } else if (line.startsWith(END)) {
                    if (!line.equals(END + "\t" + rows) || in.readLine() != null || !gzip.isAtEnd()) {
                        throw new BrokenJournal(rows + " rows were read, and it says " + line, null);
                    }
                    return;
                } else if (!line.startsWith(PART)) {
                    each.read(head, line);
                    rows++;
                }
            }
            throw new BrokenJournal("it ends after " + rows + " rows", null);
        } catch (IOException e) {
            throw new BrokenJournal(String.valueOf(e.getMessage()), e);
        }
    }

    private static String insert(SqlSession session, Map<List<String>, String> statements, List<String> head) {
        return statements.computeIfAbsent(head, _ -> insert(session, head));
    }

    private static String insert(SqlSession session, List<String> head) {
        JournalTable table = new JournalTable(head.get(1), "", "");
        List<String> names = head.subList(2, head.size());
        List<TableColumn> columns = table.columns(session);
        for (String name : names) {
            if (columns.stream().noneMatch(column -> column.name().equals(name))) {
                throw new BrokenJournal("there is no column " + head.get(1) + "." + name, null);
            }
        }
        return table.insert(session, names, columns);
    }

    private static @Nullable Object[] values(String line) {
        String[] cells = line.split("\t", -1);
        @Nullable Object[] values = new @Nullable Object[cells.length];
        for (int i = 0; i < cells.length; i++) {
            values[i] = cells[i].equals(NOTHING) ? null : plain(cells[i]);
        }
        return values;
    }

    private static String plain(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                c = switch (value.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> value.charAt(i);
                };
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
