package dev.tactus.reconcile.export;

import dev.tactus.lake.Lake;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.BadPeriod;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reconcile.files.AtomicFile;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.join.WorkbenchRelation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes what statements pay in a period, corrections of closed periods with it, for a royalty engine.
///
/// Each export holds what has changed since the one before it: its rows are kept beside the files, so that all exports
/// of a period together are what it is now.
public final class EngineExport {
    private static final WorkbenchRelation EXPORTED = WorkbenchRelation.table(
            "exported",
            "corrects VARCHAR, isrc VARCHAR, territory VARCHAR, usage_type VARCHAR, currency VARCHAR, units BIGINT,"
                    + " amount VARCHAR");
    private static final String KEPT = "corrects,isrc,territory,usage_type,currency,units,amount";

    private static final String LABEL =
            "(?<period>[0-9]{4}-(?:Q[1-4]|[0-9]{2}(?:-[0-9]{2}\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?))";

    private static final int UNITS = 5;
    private static final int AMOUNT = 6;

    private final Ledger ledger;
    private final Lake lake;
    private final Path folder;
    private final int megabytes;
    private final Optional<FilePermissions> permitted;

    /// @param folder of the files for people
    /// @param permitted who may read them; otherwise as the system makes files
    public EngineExport(Ledger ledger, Lake lake, Path folder, int megabytes, Optional<FilePermissions> permitted) {
        this.ledger = ledger;
        this.lake = lake;
        this.folder = folder;
        this.megabytes = megabytes;
        this.permitted = permitted;
    }

    /// What was written.
    ///
    /// @param file absent where nothing has changed since the last export
    /// @param elsewhere the last files with the same days in other formats, each an engine's own
    public record Written(Optional<Path> file, long rows, int number, List<String> elsewhere) {
        public Written {
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /// Refuses an export of days that an export of another period has paid already, such as a quarter's after that of
    /// one of its months.
    ///
    /// @throws PeriodRefusal if there is one that has not been taken back
    /// @throws UncheckedIOException if the folder can't be read
    public void refusePaidDays(String source, Period period, ExportFormat format) {
        for (KeptExport other : paidDays(source, period)) {
            if (other.format().equals(format.name()) && !other.period().equals(period)) {
                throw new PeriodRefusal(source + " " + other.period() + " was exported for " + format.name()
                        + " already (" + other.last() + "), and " + period
                        + " has days of it: they would be paid twice. Export " + other.period()
                        + " again, which has what changed, and periods that have no day of it");
            }
        }
    }

    /// What was exported of a period for one engine.
    ///
    /// @param files in their order
    private record KeptExport(Period period, String format, List<Path> files) {
        String last() {
            return String.valueOf(files.getLast().getFileName());
        }
    }

    /// What was exported of a source and has days of a period, unless all of it was taken back.
    private List<KeptExport> paidDays(String source, Period period) {
        List<KeptExport> found = new ArrayList<>();
        if (!Files.isDirectory(kept())) {
            return found;
        }
        Pattern name = Pattern.compile(Pattern.quote(source + "-") + LABEL + "-(?<format>.+)-[0-9]{4,}\\.csv");
        Map<String, KeptExport> kept = new TreeMap<>();
        try (Stream<Path> files = Files.list(kept())) {
            for (Path file : files.sorted().toList()) {
                Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches()) {
                    period(matcher.group("period"))
                            .filter(period::overlaps)
                            .ifPresent(other -> kept.computeIfAbsent(
                                            other + " " + matcher.group("format"),
                                            _ -> new KeptExport(other, matcher.group("format"), new ArrayList<>()))
                                    .files()
                                    .add(file));
                }
            }
            for (KeptExport one : kept.values()) {
                if (isPaid(one.files())) {
                    found.add(one);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Optional<Period> period(String label) {
        try {
            return Optional.of(Period.parse(label));
        } catch (BadPeriod noPeriod) {
            // such as a thirteenth month: a file that somebody else has put there
            return Optional.empty();
        }
    }

    /// Whether anything is left of what was exported: what was taken back is not paid.
    private static boolean isPaid(List<Path> files) throws IOException {
        Map<List<@Nullable Object>, BigDecimal> left = new HashMap<>();
        for (List<@Nullable Object> row : rows(files)) {
            for (int cell : new int[] {UNITS, AMOUNT}) {
                List<@Nullable Object> key = new ArrayList<>(row.subList(0, UNITS));
                key.add(cell);
                left.merge(key, new BigDecimal(Objects.toString(row.get(cell))), BigDecimal::add);
            }
        }
        return left.values().stream().anyMatch(sum -> sum.signum() != 0);
    }

    /// Writes the next export of a reconciled period.
    ///
    /// @throws PeriodRefusal if an export of another period has paid some of its days
    /// @throws UncheckedIOException if the folder can't be read or written
    public Written write(Reconciliation done, ExportFormat format) {
        refusePaidDays(done.source(), done.period(), format);
        List<String> elsewhere = paidDays(done.source(), done.period()).stream()
                .filter(other -> !other.format().equals(format.name()))
                .map(KeptExport::last)
                .toList();
        PeriodParts parts = new PeriodParts(done.source(), done.period());
        String name = done.source() + "-" + done.period() + "-" + format.name();
        try (Workbench bench = lake.workbench(megabytes, done.snapshots())) {
            List<Path> earlier = earlier(name);
            EXPORTED.make(bench, rows(earlier));
            List<Map<String, String>> rows = QueryRows.list(
                    bench,
                    SqlResource.of(EngineExport.class, "changed")
                            .insert("reconciled", bench.relation(parts.reconciled()))
                            .insert("adjustments", bench.relation(parts.adjustments()))
                            .text(),
                    row -> row(done, row));
            upcs(rows);
            int number = earlier.size() + 1;
            if (rows.isEmpty()) {
                return new Written(Optional.empty(), 0, earlier.size(), elsewhere);
            }
            String file = String.format(Locale.ROOT, "%s-%04d.csv", name, number);
            write(folder.resolve(file), csv(format, rows));
            write(kept().resolve(file), kept(rows));
            return new Written(Optional.of(folder.resolve(file)), rows.size(), number, elsewhere);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path kept() {
        return folder.resolve("exported");
    }

    private List<Path> earlier(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        for (int number = 1; ; number++) {
            Path file = kept().resolve(String.format(Locale.ROOT, "%s-%04d.csv", name, number));
            if (!Files.exists(file)) {
                return found;
            }
            found.add(file);
        }
    }

    private static List<List<@Nullable Object>> rows(List<Path> files) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                rows.add(Arrays.asList(
                        cells[0], cells[1], cells[2], cells[3], cells[4], Long.valueOf(cells[5]), cells[6]));
            }
        }
        return rows;
    }

    private static Map<String, String> row(Reconciliation done, List<@Nullable Object> row) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("source", done.source());
        values.put("period", done.period().label());
        values.put("from", done.period().from().toString());
        values.put("to", done.period().to().toString());
        String[] names = {"corrects", "isrc", "territory", "usage_type", "currency", "title", "artists"};
        for (int i = 0; i < names.length; i++) {
            values.put(names[i], Objects.toString(row.get(i), ""));
        }
        values.put("units", Long.toString(QueryRows.number(row.get(7))));
        BigDecimal amount = (BigDecimal) Objects.requireNonNull(row.get(8));
        values.put(
                "amount",
                amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString());
        return values;
    }

    /// The release is the one that the catalog has: a statement may name another for each service.
    private void upcs(List<Map<String, String>> rows) {
        Set<Isrc> isrcs = rows.stream()
                .map(row -> Isrc.parse(Objects.requireNonNull(row.get("isrc"))))
                .collect(Collectors.toSet());
        Map<Isrc, Recording> found = ledger.recordings().find(isrcs);
        for (Map<String, String> row : rows) {
            Recording recording = found.get(Isrc.parse(Objects.requireNonNull(row.get("isrc"))));
            row.put("upc", recording == null ? "" : printed(Objects.toString(recording.upc(), "")));
        }
    }

    /// As it is printed on a release: twelve or thirteen digits.
    private static String printed(String upc) {
        return upc.replaceFirst("^0{1,2}(?=[0-9]{12})", "");
    }

    private static String csv(ExportFormat format, List<Map<String, String>> rows) {
        StringBuilder text = new StringBuilder();
        text.append(
                format.columns().stream().map(one -> cell(one.name())).collect(Collectors.joining(",", "", "\r\n")));
        rows.forEach(row -> text.append(format.columns().stream()
                .map(column -> {
                    String value = Objects.requireNonNull(row.get(column.field()));
                    return column.field().equals("upc")
                            ? text(value)
                            : cell(column.words().getOrDefault(value, value));
                })
                .collect(Collectors.joining(",", "", "\r\n"))));
        return text.toString();
    }

    /// A text that a spreadsheet would take for a formula gets an apostrophe; numbers are plain.
    private static String cell(String value) {
        if (value.matches("-?[0-9]+(\\.[0-9]+)?")) {
            return value;
        }
        return text(value.matches("(?s)^\\s*[=+\\-@].*") ? "'" + value : value);
    }

    private static String text(String safe) {
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static String kept(List<Map<String, String>> rows) {
        return rows.stream()
                .map(row -> Arrays.stream(KEPT.split(",", -1)).map(row::get).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", KEPT + "\n", "\n"));
    }

    private void write(Path file, String text) throws IOException {
        AtomicFile.writeInFolder(file, permitted, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
