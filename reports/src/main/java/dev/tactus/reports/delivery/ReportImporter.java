package dev.tactus.reports.delivery;

import dev.tactus.lake.Lake;
import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.ImportOptions;
import dev.tactus.reports.convention.ColumnConventions;
import dev.tactus.reports.file.FileScan;
import dev.tactus.reports.file.ReportFile;
import dev.tactus.reports.file.ReportFiles;
import dev.tactus.reports.gate.Delivery;
import dev.tactus.reports.gate.DeliveryGate;
import dev.tactus.reports.gate.DeliveryHistory;
import dev.tactus.reports.gate.GateRules;
import dev.tactus.reports.gate.Payment;
import dev.tactus.reports.gate.PaymentCheck;
import dev.tactus.reports.gate.Remittances;
import dev.tactus.reports.layout.DetectedLayout;
import dev.tactus.reports.layout.Layout;
import dev.tactus.reports.layout.LayoutDetector;
import dev.tactus.reports.layout.Layouts;
import dev.tactus.reports.matching.LayoutDecisions;
import dev.tactus.reports.rows.ImportStatistics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Imports sales reports into lake and ledger, each file all or nothing.
///
/// A file is read twice: first to see what its bytes are, and whether the same are in the lake already; then row by row
/// into files of the lake that nobody sees. Only when rows, totals, claims and payments have been checked does one
/// commit make them visible, and take out those they replace. The ledger's lock has to be held.
public final class ReportImporter {
    private static final DateTimeFormatter ID_TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private static final int READ_AGAIN = 2;

    private final Ledger ledger;
    private final Lake lake;
    private final Layouts layouts;
    private final ClosedPeriods closed;
    private final GateRules rules;
    private final Remittances remittances;
    private final ReportFiles files;
    private final InstantSource clock;
    private final Function<PreparedSales, ReportSums> readBack;

    /// One by these rules.
    ///
    /// @param remittances what was paid for statements; none where nobody says
    /// @param own files and folders that are no reports, though they lie in a folder that is imported
    public ReportImporter(
            Ledger ledger,
            Lake lake,
            Layouts layouts,
            ClosedPeriods closed,
            GateRules rules,
            Remittances remittances,
            Collection<Path> own,
            InstantSource clock) {
        this(ledger, lake, layouts, closed, rules, remittances, own, clock, ReportSums::written);
    }

    /// One whose files are read back by somebody else.
    ReportImporter(
            Ledger ledger,
            Lake lake,
            Layouts layouts,
            ClosedPeriods closed,
            GateRules rules,
            Remittances remittances,
            Collection<Path> own,
            InstantSource clock,
            Function<PreparedSales, ReportSums> readBack) {
        this.ledger = ledger;
        this.lake = lake;
        this.layouts = layouts;
        this.closed = closed;
        this.rules = rules;
        this.remittances = remittances;
        this.files = new ReportFiles(own);
        this.clock = clock;
        this.readBack = readBack;
    }

    private ReportImporter(ReportImporter other, ReportFiles files) {
        this.ledger = other.ledger;
        this.lake = other.lake;
        this.layouts = other.layouts;
        this.closed = other.closed;
        this.rules = other.rules;
        this.remittances = other.remittances;
        this.files = files;
        this.clock = other.clock;
        this.readBack = other.readBack;
    }

    /// The same, for files that only wait in a folder: on the record they are called as they stand in it.
    public ReportImporter namedWithin(Path folder) {
        return new ReportImporter(this, files.namedWithin(folder));
    }

    /// Imports what is at these paths, in one commit; what can't be taken doesn't keep the rest.
    ///
    /// @param listener told of each file, in order, as soon as its verdict stands
    /// @throws InvalidConfiguration if an option can't be used; nothing was touched then
    public void run(List<Path> paths, ImportOptions options, Consumer<ImportOutcome> listener)
            throws InterruptedException {
        run(paths, options, ImportBatch.Ending.COMMITTED, listener);
    }

    /// Looks at what is at these paths and tells what would become of it; nothing becomes visible.
    ///
    /// @param listener told of each file; one that would be taken comes as imported
    public void check(List<Path> paths, ImportOptions options, Consumer<ImportOutcome> listener)
            throws InterruptedException {
        run(paths, options, ImportBatch.Ending.GIVEN_UP, listener);
    }

    private void run(
            List<Path> paths, ImportOptions options, ImportBatch.Ending ending, Consumer<ImportOutcome> listener)
            throws InterruptedException {
        Optional<Layout> layout = options.layout().map(layouts::named);
        PaymentCheck payments =
                new PaymentCheck(options.expect().stream().map(Payment::parse).toList(), remittances, ledger);
        new ImportRecovery(ledger, lake).run();
        DeliveryGate gate = new DeliveryGate(rules, new DeliveryHistory(ledger));
        try (ImportBatch batch = new ImportBatch(ledger, lake, options, gate, payments, closed, ending, listener)) {
            for (Path path : paths) {
                try {
                    files.each(path, file -> {
                        if (file.sheets().isEmpty()) {
                            take(file, layout, options, batch);
                        } else {
                            workbook(file, layout, options, batch);
                        }
                    });
                } catch (BadReport e) {
                    batch.tell(new ImportOutcome.Refused(path.toString(), String.valueOf(e.getMessage())));
                } catch (InterruptedImport e) {
                    throw new InterruptedException("the import of " + path + " was interrupted");
                }
            }
            batch.commit();
        }
    }

    private void take(ReportFile file, Optional<Layout> layout, ImportOptions options, ImportBatch batch) {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            DeliveredFile delivered = new DeliveredFile(file.name());
            take(file, FileScan.of(file), Optional.empty(), delivered, layout, options, batch);
            batch.finish(delivered);
        } catch (BadReport e) {
            batch.tell(new ImportOutcome.Refused(file.name(), String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            throw new InterruptedImport(e);
        }
    }

    /// @param read how, where that is known already
    private void take(
            ReportFile file,
            FileScan scan,
            Optional<DetectedLayout> read,
            DeliveredFile delivered,
            Optional<Layout> layout,
            ImportOptions options,
            ImportBatch batch)
            throws InterruptedException {
        Optional<Report> known = known(scan, options);
        if (known.isPresent()) {
            batch.tell(new ImportOutcome.Known(file.name(), known.get()), delivered);
            return;
        }
        if (batch.holds(file.name(), scan.sha256(), delivered)) {
            return;
        }
        LayoutDetector detector = new LayoutDetector(file.name(), scan);
        DetectedLayout detected =
                read.orElseGet(() -> layout.isPresent() ? detector.as(layout.get()) : detector.among(layouts.all()));
        List<String> senders = RowSenders.of(file, scan, detected, options);
        if (senders.size() > 1) {
            ofSenders(file, scan, detected, delivered, senders, options, batch);
        } else {
            read(scanned(file, scan, detected, senders.stream().findFirst(), options), delivered, options, batch);
        }
    }

    /// The rows of each sender are a report.
    private void ofSenders(
            ReportFile file,
            FileScan scan,
            DetectedLayout detected,
            DeliveredFile delivered,
            List<String> senders,
            ImportOptions options,
            ImportBatch batch)
            throws InterruptedException {
        for (String sender : senders) {
            ReportFile part = file.named(file.name() + " (" + sender + ")");
            FileScan its = scan.of(sender);
            try {
                Optional<Report> known = known(its, options);
                if (known.isPresent()) {
                    batch.tell(new ImportOutcome.Known(part.name(), known.get()), delivered);
                } else if (!batch.holds(part.name(), its.sha256(), delivered)) {
                    read(scanned(part, its, detected, Optional.of(sender), options), delivered, options, batch);
                }
            } catch (BadReport e) {
                delivered.tell(new ImportOutcome.Refused(part.name(), String.valueOf(e.getMessage())));
            }
        }
    }

    /// The sheets of a spreadsheet, each a report.
    private void workbook(ReportFile file, Optional<Layout> layout, ImportOptions options, ImportBatch batch) {
        DeliveredFile delivered = new DeliveredFile(file.name());
        try {
            WorkbookSheets sheets = WorkbookSheets.of(
                    file, layout.<Collection<Layout>>map(List::of).orElseGet(layouts::all));
            if (sheets.objection().isPresent() && options.accept().isEmpty()) {
                throw new BadReport(file.name() + ": " + sheets.objection().get() + ". Nothing was imported");
            }
            for (WorkbookSheets.ReportSheet sheet : sheets.reports()) {
                try {
                    take(sheet.file(), sheet.scan(), sheet.continued(), delivered, layout, options, batch);
                } catch (BadReport e) {
                    delivered.tell(new ImportOutcome.Refused(sheet.file().name(), String.valueOf(e.getMessage())));
                }
            }
            delivered.ids().stream().findFirst().ifPresent(id -> {
                batch.note(id, sheets.notes());
                sheets.objection().ifPresent(objection -> batch.object(id, objection, delivered));
            });
            batch.finish(delivered);
        } catch (BadReport e) {
            batch.tell(new ImportOutcome.Refused(file.name(), String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            throw new InterruptedImport(e);
        }
    }

    /// What was replaced is known, too: it would otherwise take the place of its own correction.
    private Optional<Report> known(FileScan scan, ImportOptions options) {
        Optional<Report> current = ledger.reports().withContent(scan.sha256());
        return current.isPresent() || options.replace().isPresent()
                ? current
                : ledger.reports().replacedWithContent(scan.sha256()).filter(this::isStillReplaced);
    }

    private boolean isStillReplaced(Report report) {
        Optional<Report> next = report.replacedBy().flatMap(ledger.reports()::find);
        return report.state() == ReportState.REPLACED
                ? next.isPresent() && isStillReplaced(next.get())
                : report.state() == ReportState.IMPORTED;
    }

    private ScannedReport scanned(
            ReportFile file, FileScan scan, DetectedLayout detected, Optional<String> sender, ImportOptions options) {
        ReportMetadata metadata = ReportMetadata.of(file.name(), scan, detected, sender, options);
        Layout decided =
                new LayoutDecisions(ledger.reportDecisions().inForce()).in(detected.layout(), metadata.sender());
        return new ScannedReport(file, scan, detected.with(decided), metadata);
    }

    private void read(ScannedReport scanned, DeliveredFile delivered, ImportOptions options, ImportBatch batch)
            throws InterruptedException {
        String id = id(scanned, delivered, batch);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        ColumnConventions conventions = ColumnConventions.ofLayout();
        ImportStatistics statistics;
        PreparedSales written;
        for (int again = 1; ; again++) {
            try (SalesWriter writer = lake.sales().writer(id, scanned.metadata().sender())) {
                statistics = scanned.read(options, today, conventions, writer);
                Optional<ColumnConventions> other = statistics.conventions().other();
                // the cells of the whole file say how it is to be read: once more, then, and again where a column could
                // only be read by that
                if (other.isPresent() && again <= READ_AGAIN) {
                    conventions = other.get();
                    continue;
                }
                written = writer.finish();
                break;
            }
        }
        try {
            check(scanned.name(), statistics, written);
            batch.take(new Delivery(fresh(scanned, id, statistics), statistics, written), delivered);
        } catch (RuntimeException e) {
            written.close();
            throw e;
        }
    }

    private void check(String name, ImportStatistics statistics, PreparedSales written) {
        if (statistics.landed() == 0 && statistics.counts().deductions() == 0 && statistics.rejected() > 0) {
            throw new BadReport(name + ": "
                    + (statistics.rejected() == 1 ? "its only row was" : "all " + statistics.rejected() + " rows were")
                    + " rejected; most frequent reason: "
                    + statistics.reasons().getFirst().getKey());
        }
        ReportSums.read(statistics).requireSame(name, readBack.apply(written));
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
                statistics.rejectedMoney().totals(),
                List.of(),
                ReportState.IMPORTING,
                Optional.empty(),
                Optional.empty(),
                id,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private String id(ScannedReport report, DeliveredFile delivered, ImportBatch batch) {
        String stem = ID_TIME.withZone(ZoneOffset.UTC).format(clock.instant()) + "-"
                + report.layout().name() + "-" + report.scan().sha256().substring(0, 6);
        String id = stem;
        for (int again = 2; ledger.reports().find(id).isPresent() || batch.uses(id, delivered); again++) {
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
