package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.ledger.Ledger;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.gate.GateRules;
import dev.tactus.reports.gate.Remittances;
import dev.tactus.reports.layout.Layouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A ledger, a lake and reports to import into them, in the words of the tests.
public final class ReportsFixture implements AutoCloseable {
    public static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));

    public final Path folder;
    public final Ledger ledger;
    public final Lake lake;
    public Layouts layouts = Layouts.bundled();
    ClosedPeriods closed = ClosedPeriods.none();
    /// Lenient, as most tests are about a few rows.
    GateRules rules = new GateRules(BigDecimal.ONE, BigDecimal.ONE);
    Remittances remittances = Remittances.none();

    public ReportsFixture(Path folder) {
        this.folder = folder;
        this.ledger = Ledger.open(folder.resolve("ledger.db"), CLOCK);
        this.lake = Lake.open(folder.resolve("lake"), new LakeSettings(96, 1, 64L << 20));
    }

    public Path file(String name, String text) {
        return file(name, text, StandardCharsets.UTF_8);
    }

    public Path file(String name, String text, Charset charset) {
        return file(name, text.getBytes(charset));
    }

    Path file(String name, byte[] bytes) {
        try {
            Path file = folder.resolve("reports").resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ImportOutcome> take(Path path, ImportOptions options) {
        List<ImportOutcome> outcomes = new ArrayList<>();
        try {
            importer().run(List.of(path), options, outcomes::add);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return outcomes;
    }

    ReportImporter importer() {
        return new ReportImporter(ledger, lake, layouts, closed, rules, remittances, List.of(), CLOCK);
    }

    public ImportOutcome.Imported imported(Path path) {
        return imported(path, ImportOptions.none());
    }

    public ImportOutcome.Imported imported(Path path, ImportOptions options) {
        return switch (take(path, options).getFirst()) {
            case ImportOutcome.Imported imported -> imported;
            case ImportOutcome.Refused refused -> throw new AssertionError(refused.message());
            case ImportOutcome.Known known ->
                throw new AssertionError("known: " + known.report().id());
        };
    }

    public String refused(Path path) {
        return refused(path, ImportOptions.none());
    }

    public String refused(Path path, ImportOptions options) {
        return switch (take(path, options).getFirst()) {
            case ImportOutcome.Imported imported -> throw new AssertionError("imported: " + imported);
            case ImportOutcome.Refused refused -> refused.message();
            case ImportOutcome.Known known ->
                throw new AssertionError("known: " + known.report().id());
        };
    }

    /// What landed, as its columns say it.
    public List<String> sales() {
        return rows("SELECT line, service, isrc, upc, territory, usage_type, usage_start, usage_end, statement_period,"
                + " quantity, currency, net_revenue_reported FROM sales ORDER BY line");
    }

    /// Rows of an answer, their values with bars between them.
    public List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        lake.query(sql, row -> rows.add(row.stream().map(String::valueOf).collect(Collectors.joining("|"))));
        return rows;
    }

    @Override
    public void close() {
        lake.close();
        ledger.close();
    }
}
