package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.lake.PreparedSales;
import dev.tactus.lake.SalesWriter;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.csv.RowBatch;
import dev.tactus.reports.csv.RowPrefetcher;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportCharset;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.file.ReportFiles;
import dev.tactus.reports.file.TranscodedStream;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.LayoutDetector;
import dev.tactus.reports.layout.Layouts;
import dev.tactus.reports.rows.FieldBindings;
import dev.tactus.reports.rows.ImportStatistics;
import dev.tactus.reports.rows.RecordRowHandler;
import dev.tactus.reports.rows.RowHandler;
import dev.tactus.reports.rows.TableRowHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
    private final ClosedPeriods closings;
    private final InstantSource clock;

    public ReportImporter(Ledger ledger, Lake lake, Layouts layouts, ClosedPeriods closings, InstantSource clock) {
        this.ledger = ledger;
        this.lake = lake;
        this.layouts = layouts;
        this.closings = closings;
        this.clock = clock;
    }

    /// Imports what is at these paths; what can't be taken doesn't keep the rest.
    ///
    /// @param told of each file as soon as it is done
    /// @throws BadSetting if an option can't be used; nothing was touched then
    public void run(List<Path> paths, ImportOptions options, Consumer<ImportOutcome> told) throws InterruptedException {
        Optional<Layout> layout = options.layout().map(layouts::named);
        new ImportRecovery(ledger, lake).run();
        for (Path path : paths) {
            try {
                ReportFiles.each(path, content -> told.accept(outcome(content, layout, options)));
            } catch (BadReport e) {
                told.accept(new ImportOutcome.Refused(path.toString(), String.valueOf(e.getMessage())));
            } catch (InterruptedImport e) {
                throw new InterruptedException("the import of " + path + " was interrupted");
            }
        }
    }

    private ImportOutcome outcome(ReportFile content, Optional<Layout> layout, ImportOptions options) {
        try {
            return take(content, layout, options);
        } catch (BadReport e) {
            return new ImportOutcome.Refused(content.name(), String.valueOf(e.getMessage()));
        }
    }

    private ImportOutcome take(ReportFile content, Optional<Layout> layout, ImportOptions options) {
        FileScan survey = FileScan.of(content);
        Optional<Report> known = ledger.reports().withContent(survey.sha256());
        if (known.isPresent()) {
            return new ImportOutcome.Known(content.name(), known.get());
        }
        LayoutDetector recognition = new LayoutDetector(content.name(), survey);
        DetectedLayout recognised =
                layout.isPresent() ? recognition.as(layout.get()) : recognition.among(layouts.all());
        ReportMetadata facts = ReportMetadata.of(content.name(), survey, recognised, options);
        String id = id(recognised.layout(), survey);
        ImportStatistics account = new ImportStatistics();
        RowHandler taker = taker(content, recognised, facts, options, account);
        try (SalesWriter writer = lake.sales(id, facts.sender())) {
            read(content, survey, recognised, taker, writer);
            try (PreparedSales written = writer.finish()) {
                return land(content, survey, recognised, facts, id, account, written, options);
            }
        }
    }

    private static RowHandler taker(
            ReportFile content,
            DetectedLayout recognised,
            ReportMetadata facts,
            ImportOptions options,
            ImportStatistics account) {
        Layout layout = recognised.layout();
        if (layout.records().isPresent()) {
            return new RecordRowHandler(
                    content.name(), recognised, layout.records().get(), options, facts.sender(), account);
        }
        FieldBindings binding = new FieldBindings(layout, recognised.headings(), Map.of(), facts.preamble(), options);
        return new TableRowHandler(recognised, binding, facts.preamble(), facts.sender(), account);
    }

    private static void read(
            ReportFile content, FileScan survey, DetectedLayout recognised, RowHandler taker, SalesWriter writer) {
        ReportCharset encoding = recognised.encoding();
        try {
            InputStream in = content.open();
            in.skipNBytes(survey.skip());
            InputStream bytes = encoding.readsAsBytes() ? in : new TranscodedStream(in, encoding.charset());
            try (RowPrefetcher pump = new RowPrefetcher(
                    content.name(),
                    bytes,
                    recognised.dialect(),
                    encoding.readsAsBytes() ? encoding.charset() : ReportCharset.UTF_8.charset())) {
                for (Optional<RowBatch> batch = pump.next(); batch.isPresent(); batch = pump.next()) {
                    RowBatch rows = batch.get();
                    for (int row = 0; row < rows.rows(); row++) {
                        taker.take(rows, row, writer);
                    }
                    pump.done(rows);
                }
                taker.end(pump.lines());
            }
        } catch (IOException e) {
            throw new BadReport(content.name() + ": can't be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new InterruptedImport(e);
        }
    }

    private ImportOutcome land(
            ReportFile content,
            FileScan survey,
            DetectedLayout recognised,
            ReportMetadata facts,
            String id,
            ImportStatistics account,
            PreparedSales written,
            ImportOptions options) {
        ReadBackCheck.of(content.name(), account, written);
        List<String> differences = account.stated().differences(account);
        if (!differences.isEmpty()
                && options.accept().isEmpty()
                && account.stated().excuse().isEmpty()) {
            throw new BadReport(content.name() + ": " + String.join("; ", differences)
                    + ". Nothing was imported; have it delivered again, or import it with --accept REASON");
        }
        Report fresh = new Report(
                id,
                survey.sha256(),
                survey.bytes(),
                content.name(),
                recognised.layout().name(),
                recognised.layout().sha256(),
                facts.sender(),
                account.services(),
                facts.part(),
                account.first(),
                account.last(),
                account.counts(),
                account.totals(),
                List.of(),
                ReportState.IMPORTING,
                Optional.empty(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        ReplacementCheck.ReplacementDecision decision = new ReplacementCheck(ledger).decide(fresh, written, options);
        Report report = fresh.replacing(decision.replaces());
        ledger.reports().begin(report);
        try {
            written.commit(
                    new HashSet<>(decision.replaces()),
                    Map.of("report_id", id, "sha256", survey.sha256(), "layout", report.layout()));
        } catch (RuntimeException e) {
            new ImportRecovery(ledger, lake).run();
            throw e;
        }
        ledger.reports().imported(id, options.by(), options.accept().orElse(""));
        return new ImportOutcome.Imported(
                content.name(),
                ledger.reports().find(id).orElse(report),
                account.reasons(),
                account.notes(),
                account.stated().compared(),
                differences,
                decision.beside(),
                account.first()
                        .flatMap(from -> account.last().map(to -> closings.closed(from, to)))
                        .orElse(List.of()));
    }

    private String id(Layout layout, FileScan survey) {
        String stem = ID_TIME.withZone(ZoneOffset.UTC).format(clock.instant()) + "-" + layout.name() + "-"
                + survey.sha256().substring(0, 6);
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
