package dev.tactus.reconcile.files;

import dev.tactus.lake.Lake;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.Reconciliation;
import dev.tactus.reconcile.manifest.CloseManifest;
import dev.tactus.reconcile.statements.StatementStatus;
import dev.tactus.reconcile.variance.VarianceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The files that a reconciliation leaves for people, in a folder of theirs: each is there whole or not at all.
///
/// `<source>-<period>.html` to read, `.xlsx` to work with, `.csv` with every row, `-adjustments.csv` where closed
/// periods are corrected, `.excel.csv` for spreadsheets, and `-disputes.csv` where somebody disputes rows.
public final class ReconciliationFiles {
    private final Ledger ledger;
    private final Lake lake;
    private final Path folder;
    private final String version;
    private final int megabytes;
    private Optional<FilePermissions> permitted = Optional.empty();
    private Function<Period, Optional<HomeCurrency>> rates = _ -> Optional.empty();

    /// @param version of this program, for the record
    public ReconciliationFiles(Ledger ledger, Lake lake, Path folder, String version, int megabytes) {
        this.ledger = ledger;
        this.lake = lake;
        this.folder = folder;
        this.version = version;
        this.megabytes = megabytes;
    }

    /// What is written is for those who may read it, not as the system makes files.
    public ReconciliationFiles permitting(Optional<FilePermissions> who) {
        permitted = who;
        return this;
    }

    /// With what other currencies are worth in that of the books, for the period before; what that period was closed
    /// with comes first.
    public ReconciliationFiles valuing(Function<Period, Optional<HomeCurrency>> rates) {
        this.rates = rates;
        return this;
    }

    private Optional<HomeCurrency> before(Reconciliation done) {
        Period before = done.period().previous();
        return ledger.periods().inForce(done.source()).stream()
                .filter(close ->
                        close.from().equals(before.from()) && close.to().equals(before.to()))
                .findFirst()
                .flatMap(close -> CloseManifest.of(lake, close))
                .flatMap(manifest -> manifest.rules().home())
                .or(() -> rates.apply(before));
    }

    /// Writes what a reconciliation came to; nothing where an open period is empty.
    ///
    /// @param close the close in force, if the period is closed
    /// @throws UncheckedIOException if the folder can't be written
    public List<Path> write(Reconciliation done, Coverage coverage, Optional<PeriodRecord> close) {
        return write(done, coverage, StatementStatus.UNKNOWN, close);
    }

    /// The same, with what is known of its statements.
    public List<Path> write(
            Reconciliation done, Coverage coverage, StatementStatus statements, Optional<PeriodRecord> close) {
        String name = done.source() + "-" + done.period();
        if (done.isEmpty() && close.isEmpty()) {
            // nor does what an earlier reconciliation found stay there
            List.of(".html", ".xlsx", ".csv", "-adjustments.csv", "-disputes.csv", ".excel.csv")
                    .forEach(kind -> remove(name + kind));
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        // a quarter less than for the join: the heap is full of rows on their way into files meanwhile
        try (Workbench bench = lake.workbench(megabytes * 3 / 4, done.snapshots())) {
            PeriodParts parts = new PeriodParts(done.source(), done.period());
            String rows = bench.relation(parts.reconciled());
            VarianceTable variances = VarianceTable.make(bench, ledger, parts, rows, false);
            Findings findings = Findings.of(bench, rows);
            Map<String, Report> reports = findings.statements().stream()
                    .flatMap(statement -> ledger.reports().find(statement.id()).stream())
                    .collect(Collectors.toMap(Report::id, report -> report));
            PageModel model = new PageModel(
                    done,
                    coverage,
                    findings,
                    PageFacts.of(ledger, lake, bench, parts, variances, statements, close),
                    close,
                    reports,
                    before(done),
                    version);
            files.add(whole(name + ".html", new HtmlReport(model)::write));
            files.add(whole(name + ".xlsx", new ReconciliationWorkbook(bench, model)::write));
            PeriodCsv csv = new PeriodCsv(bench, parts, done.rules().home());
            files.add(whole(name + ".csv", csv::reconciled));
            if (done.totals().all().rows() <= XlsxWriter.MOST_ROWS) {
                files.add(whole(
                        name + ".excel.csv",
                        new ExcelCsv(bench, rows, done.rules().home())::write));
            } else {
                // a spreadsheet could not open it
                remove(name + ".excel.csv");
            }
            if (done.adjustments().isEmpty()) {
                // what an earlier reconciliation corrected is no longer so
                remove(name + "-adjustments.csv");
            } else {
                files.add(whole(name + "-adjustments.csv", csv::adjustments));
            }
            Disputes disputes =
                    new Disputes(bench, variances, parts, done.rules().absolute());
            if (disputes.size() == 0) {
                remove(name + "-disputes.csv");
            } else {
                files.add(whole(name + "-disputes.csv", disputes::write));
            }
        }
        return List.copyOf(files);
    }

    private void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path whole(String name, AtomicFile.Content content) {
        Path file = folder.resolve(name);
        try {
            AtomicFile.writeInFolder(file, permitted, content);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
