package dev.tactus.reconcile.files;

import dev.tactus.digest.MerkleTree;
import dev.tactus.digest.Sha256Stream;
import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.query.Workbench;
import dev.tactus.reconcile.HomeCurrency;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rows as CSV that is the same to the byte for the same rows, in any version of DuckDB: RFC 4180, UTF-8, lines that
/// end with LF, texts in quotes, numbers plain and without zeros at their end, sorted by key.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
public final class CanonicalCsv {
    private CanonicalCsv() {}

    /// What was written.
    ///
    /// @param sha256 of all bytes
    /// @param merkleRoot of a tree whose leaves are the rows in their order, without header and line ends
    public record Digest(long rows, String sha256, String merkleRoot) {}

    /// Writes a relation's rows; closes nothing.
    static Digest write(
            Workbench bench,
            String relation,
            List<FileColumns.Column> columns,
            Optional<HomeCurrency> home,
            String orderBy,
            OutputStream out) {
        macros(bench);
        String line = columns.stream().map(CanonicalCsv::field).collect(Collectors.joining(" || ',' || "));
        Optional<HomeColumns> besides = home.map(HomeColumns::new);
        Sha256Stream digest = new Sha256Stream();
        try (BufferedOutputStream buffered = new BufferedOutputStream(digest.over(new Open(out)), 1 << 16)) {
            buffered.write(
                    Stream.concat(columns.stream(), besides.isPresent() ? HomeColumns.COLUMNS.stream() : Stream.empty())
                            .map(FileColumns.Column::name)
                            .collect(Collectors.joining(",", "", "\n"))
                            .getBytes(StandardCharsets.UTF_8));
            MerkleTree tree = new MerkleTree();
            long rows = bench.query(
                    "SELECT " + line + ", " + (besides.isPresent() ? HomeColumns.MONEY.text() : "NULL") + " FROM "
                            + relation + " ORDER BY " + orderBy,
                    new Lines(buffered, tree, besides));
            buffered.flush();
            return new Digest(rows, digest.digest().hex(), tree.root().hex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes the macros that [#field] needs.
    static void macros(Workbench bench) {
        bench.run("""
                CREATE OR REPLACE MACRO csv_text(t) AS CASE WHEN t IS NULL THEN '' ELSE '"' || replace(
                  CASE WHEN regexp_matches(t, '^\\s*[=+\\-@＝＋－＠]|^[\\t\\r\\n]') THEN '''' || t ELSE t END, '"', '""')
                  || '"' END
                """);
        plainDecimals(bench);
    }

    static String field(FileColumns.Column column) {
        String name = column.name();
        return switch (column.kind()) {
            case TEXT -> "csv_text(" + name + ")";
            case WHOLE, DATE -> "coalesce(CAST(" + name + " AS VARCHAR), '')";
            case DECIMAL, SHARE -> "coalesce(csv_decimal(" + name + "), '')";
            case TEXTS, MONEY -> "csv_text(" + column.text() + ")";
        };
    }

    /// Makes the macro `csv_decimal`: a decimal as a text, without zeros at its end.
    public static void plainDecimals(Workbench bench) {
        bench.run("CREATE OR REPLACE MACRO csv_decimal(d) AS CASE WHEN contains(CAST(d AS VARCHAR), '.')"
                + " THEN rtrim(rtrim(CAST(d AS VARCHAR), '0'), '.') ELSE CAST(d AS VARCHAR) END");
    }

    private static final class Lines implements RowSink {
        private final OutputStream out;
        private final MerkleTree tree;
        private final Optional<HomeColumns> besides;

        Lines(OutputStream out, MerkleTree tree, Optional<HomeColumns> besides) {
            this.out = out;
            this.tree = tree;
            this.besides = besides;
        }

        @Override
        public void columns(List<RowSink.Column> columns) {}

        @Override
        public void row(List<@Nullable Object> values) {
            try {
                String told = String.valueOf(values.getFirst());
                byte[] line = besides.map(home -> told + "," + home.csv(values.get(1)))
                        .orElse(told)
                        .getBytes(StandardCharsets.UTF_8);
                tree.add(line);
                out.write(line);
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Leaves what it writes to open.
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
