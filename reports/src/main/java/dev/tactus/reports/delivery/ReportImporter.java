package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.file.ReportFiles;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.LayoutDetector;
import dev.tactus.reports.layout.Layouts;
import dev.tactus.reports.rows.ImportStatistics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Imports sales reports into lake and ledger, each file all or nothing.
///
/// A file is read twice: first to see what its bytes are, and whether the same are in the lake already; then row by row
/// into files of the lake that nobody sees. Only when rows, totals and claims have been checked does one commit make
/// them visible, and take out those they replace. The ledger's lock has to be held.
public final class ReportImporter {
    private static final DateTimeFormatter ID_TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private final Ledger ledger;
    private final Lake lake;
    private final Layouts layouts;
    private final ClosedPeriods closed;
    private final InstantSource clock;
    private final Function<PreparedSales, ReportSums> readBack;

    public ReportImporter(Ledger ledger, Lake lake, Layouts layouts, ClosedPeriods closed, InstantSource clock) {
        this(ledger, lake, layouts, closed, clock, ReportSums::written);
    }

    /// One whose files are read back by somebody else.
    ReportImporter(
            Ledger ledger,
            Lake lake,
            Layouts layouts,
            ClosedPeriods closed,
            InstantSource clock,
            Function<PreparedSales, ReportSums> readBack) {
        this.ledger = ledger;
        this.lake = lake;
        this.layouts = layouts;
        this.closed = closed;
        this.clock = clock;
        this.readBack = readBack;
    }

    /// Imports what is at these paths; what can't be taken doesn't keep the rest.
    ///
    /// @param listener told of each file as soon as it is done
    /// @throws InvalidConfiguration if an option can't be used; nothing was touched then
    public void run(List<Path> paths, ImportOptions options, Consumer<ImportOutcome> listener)
            throws InterruptedException {
        Optional<Layout> layout = options.layout().map(layouts::named);
        new ImportRecovery(ledger, lake).run();
        for (Path path : paths) {
            try {
                ReportFiles.each(path, file -> {
                    if (file.sheets().isEmpty()) {
                        listener.accept(outcome(file, layout, options));
                    } else {
                        workbook(file, layout, options, listener);
                    }
                });
            } catch (BadReport e) {
                listener.accept(new ImportOutcome.Refused(path.toString(), String.valueOf(e.getMessage())));
            } catch (InterruptedImport e) {
                throw new InterruptedException("the import of " + path + " was interrupted");
            }
        }
    }

    private ImportOutcome outcome(ReportFile file, Optional<Layout> layout, ImportOptions options) {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return outcome(file, FileScan.of(file), Set.of(), layout, options);
        } catch (BadReport e) {
            return new ImportOutcome.Refused(file.name(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new InterruptedImport(e);
        }
    }

    private ImportOutcome outcome(
            ReportFile file, FileScan scan, Set<String> beside, Optional<Layout> layout, ImportOptions options)
            throws InterruptedException {
        Optional<Report> known = ledger.reports().withContent(scan.sha256());
        return known.isPresent()
                ? new ImportOutcome.Known(file.name(), known.get())
                : take(scanned(file, scan, beside, layout, options), options);
    }

    /// The sheets of a spreadsheet, each a report. They never take the place of one another.
    private void workbook(
            ReportFile file, Optional<Layout> layout, ImportOptions options, Consumer<ImportOutcome> listener) {
        Set<String> taken = new HashSet<>();
        try {
            WorkbookSheets sheets = WorkbookSheets.of(
                    file, layout.<Collection<Layout>>map(List::of).orElseGet(layouts::all));
            for (WorkbookSheets.ReportSheet sheet : sheets.reports()) {
                ImportOutcome outcome;
                try {
                    outcome = outcome(sheet.file(), sheet.scan(), taken, layout, options);
                } catch (BadReport e) {
                    outcome = new ImportOutcome.Refused(sheet.file().name(), String.valueOf(e.getMessage()));
                }
                if (outcome instanceof ImportOutcome.Imported imported) {
                    outcome = taken.isEmpty() ? imported.with(sheets.notes()) : imported;
                    taken.add(imported.report().id());
                }
                listener.accept(outcome);
            }
        } catch (BadReport e) {
            listener.accept(new ImportOutcome.Refused(file.name(), String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            throw new InterruptedImport(e);
        }
    }

    private ScannedReport scanned(
            ReportFile file, FileScan scan, Set<String> beside, Optional<Layout> layout, ImportOptions options) {
        LayoutDetector detector = new LayoutDetector(file.name(), scan);
        DetectedLayout detected = layout.isPresent() ? detector.as(layout.get()) : detector.among(layouts.all());
        return new ScannedReport(file, scan, detected, ReportMetadata.of(file.name(), scan, detected, options), beside);
    }

    private ImportOutcome take(ScannedReport report, ImportOptions options) throws InterruptedException {
        String id = id(report);
        try (SalesWriter writer = lake.sales().writer(id, report.metadata().sender())) {
            ImportStatistics statistics = report.read(options, writer);
            try (PreparedSales written = writer.finish()) {
                return land(report, id, statistics, written, options);
            }
        }
    }

    private ImportOutcome land(
            ScannedReport scanned,
            String id,
            ImportStatistics statistics,
            PreparedSales written,
            ImportOptions options) {
        if (statistics.landed() == 0 && statistics.rejected() > 0) {
            throw new BadReport(scanned.name() + ": all " + statistics.rejected()
                    + " rows were rejected; most frequent reason: "
                    + statistics.reasons().getFirst().getKey());
        }
        ReportSums.read(statistics).requireSame(scanned.name(), readBack.apply(written));
        List<String> differences = statistics.controlTotals().differences();
        if (!differences.isEmpty()
                && options.accept().isEmpty()
                && statistics.controlTotals().excuse().isEmpty()) {
            throw new BadReport(scanned.name() + ": " + String.join("; ", differences)
                    + ". Nothing was imported. Request the file again, or import it with --accept REASON");
        }
        Report fresh = fresh(scanned, id, statistics);
        ReplacementCheck.ReplacementDecision decision =
                new ReplacementCheck(ledger).decide(fresh, scanned.beside(), written, options);
        Report report = fresh.replacing(decision.replaces());
        ledger.reports().begin(report);
        try {
            written.commit(
                    new HashSet<>(decision.replaces()),
                    Map.of("report_id", id, "sha256", report.sha256(), "layout", report.layout()));
        } catch (RuntimeException e) {
            new ImportRecovery(ledger, lake).run();
            throw e;
        }
        ledger.reports().imported(id, options.by(), options.accept().orElse(""));
        return new ImportOutcome.Imported(
                scanned.name(),
                ledger.reports().find(id).orElse(report),
                statistics.reasons(),
                statistics.notes(),
                statistics.controlTotals().compared(),
                differences,
                decision.beside(),
                closed.of(report));
    }

    private Report fresh(ScannedReport scanned, String id, ImportStatistics statistics) {
        return new Report(
                id,
                scanned.scan().sha256(),
                scanned.scan().bytes(),
                scanned.name(),
                scanned.layout().name(),
                scanned.layout().sha256(),
                scanned.metadata().sender(),
                statistics.services(),
                scanned.metadata().part(),
                statistics.first(),
                statistics.last(),
                statistics.counts(),
                statistics.totals(),
                List.of(),
                ReportState.IMPORTING,
                Optional.empty(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private String id(ScannedReport report) {
        String stem = ID_TIME.withZone(ZoneOffset.UTC).format(clock.instant()) + "-"
                + report.layout().name() + "-" + report.scan().sha256().substring(0, 6);
        String id = stem;
        for (int again = 2; ledger.reports().find(id).isPresent(); again++) {
            id = stem + "-" + again;
        }
        return id;
    }

    /// The thread was interrupted; carried through what takes no checked exception.
    private static final class InterruptedImport extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InterruptedImport(InterruptedException cause) {
            super(cause);
        }
    }
}
