package dev.tactus.reconcile.files;

import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.royalty.VarianceDecision;
import dev.tactus.reconcile.HomeCurrency;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconciliationStatus;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.files.FileColumns.Column;
import dev.tactus.reconcile.files.FileColumns.Kind;
import dev.tactus.reconcile.files.XlsxWriter.Sheet;
import dev.tactus.reconcile.join.PeriodParts;
import dev.tactus.reconcile.join.ReconciliationTotals;
import dev.tactus.reconcile.variance.Variance;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A reconciliation as a workbook: a summary, every row, the days and the gaps.
///
/// Excel holds 1,048,576 rows a sheet. Where there are more, the sheet has those with the largest differences, and the
/// summary says so; the CSV has them all.
final class ReconciliationWorkbook {
    private static final List<Column> MONEY = List.of(
            new Column("by", FileColumns.Kind.TEXT),
            new Column("name", FileColumns.Kind.TEXT),
            new Column("currency", FileColumns.Kind.TEXT),
            new Column("this period", FileColumns.Kind.DECIMAL),
            new Column("the period before", FileColumns.Kind.DECIMAL));
    private static final List<Column> DEDUCTIONS = List.of(
            new Column("sender", FileColumns.Kind.TEXT),
            new Column("kind", FileColumns.Kind.TEXT),
            new Column("where", FileColumns.Kind.TEXT),
            new Column("lines", FileColumns.Kind.WHOLE),
            new Column("currency", FileColumns.Kind.TEXT),
            new Column("amount", FileColumns.Kind.DECIMAL));
    private static final List<Column> STATEMENTS = List.of(
            new Column("sender", FileColumns.Kind.TEXT),
            new Column("month", FileColumns.Kind.TEXT),
            new Column("state", FileColumns.Kind.TEXT),
            new Column("due", FileColumns.Kind.DATE),
            new Column("received", FileColumns.Kind.DATE));
    private static final List<Column> VARIANCES = List.of(
            new Column("state", FileColumns.Kind.TEXT),
            new Column("isrc", FileColumns.Kind.TEXT),
            new Column("title", FileColumns.Kind.TEXT),
            new Column("artists", FileColumns.Kind.TEXT),
            new Column("territory", FileColumns.Kind.TEXT),
            new Column("usage_type", FileColumns.Kind.TEXT),
            new Column("api_count", FileColumns.Kind.WHOLE),
            new Column("report_count", FileColumns.Kind.WHOLE),
            new Column("revenues", FileColumns.Kind.TEXT),
            new Column("explanation", FileColumns.Kind.TEXT),
            new Column("comment", FileColumns.Kind.TEXT),
            new Column("decided by", FileColumns.Kind.TEXT),
            new Column("decided at", FileColumns.Kind.TEXT));
    private static final List<Column> DAYS = List.of(
            new Column("day", Kind.DATE),
            new Column("by_api", Kind.WHOLE),
            new Column("by_report", Kind.WHOLE),
            new Column("by_silent_statement", Kind.WHOLE),
            new Column("without_source", Kind.WHOLE));
    private static final List<Column> GAPS = List.of(
            new Column("isrc", Kind.TEXT),
            new Column("title", Kind.TEXT),
            new Column("territory", Kind.TEXT),
            new Column("days", Kind.WHOLE),
            new Column("first", Kind.DATE),
            new Column("last", Kind.DATE),
            new Column("counted_last_period", Kind.WHOLE),
            new Column("earned_last_period", Kind.MONEY),
            new Column("reason", Kind.TEXT));

    private final Workbench bench;
    private final PageModel model;
    private final String source;
    private final Period period;
    private final long most;

    ReconciliationWorkbook(Workbench bench, PageModel model) {
        this(bench, model, XlsxWriter.MOST_ROWS);
    }

    /// @param most rows a sheet holds below its header
    ReconciliationWorkbook(Workbench bench, PageModel model, long most) {
        this.bench = bench;
        this.model = model;
        this.source = model.done().source();
        this.period = model.done().period();
        this.most = most;
    }

    void write(OutputStream out) throws IOException {
        try (XlsxWriter book = new XlsxWriter(out)) {
            book.lines("Summary", summary());
            String rows = bench.relation(new PeriodParts(source, period).reconciled());
            if (all() <= most) {
                book.rows("Rows", FileColumns.RECONCILED, home(), bench, rows, "isrc, territory, usage_type", most);
            } else {
                book.rows("Rows", FileColumns.RECONCILED, home(), bench, largest(rows), Findings.BY_DIFFERENCE, most);
                bench.run("DROP TABLE largest");
            }
            if (!model.done().adjustments().isEmpty()) {
                String adjustments = bench.relation(new PeriodParts(source, period).adjustments());
                book.rows(
                        "Adjustments",
                        FileColumns.ADJUSTMENTS,
                        home(),
                        bench,
                        adjustments,
                        "corrects, isrc, territory, usage_type",
                        most);
            }
            facts(book);
            if (model.coverage().recordingDays() > 0) {
                coverage(book);
            }
        }
    }

    /// The rows with the largest differences: found by their keys alone, since whole rows by the ten million would be
    /// sorted on disk for the sake of those that fit a sheet.
    private String largest(String rows) {
        bench.run("CREATE OR REPLACE TABLE largest AS SELECT isrc, territory, usage_type FROM " + rows + " ORDER BY "
                + Findings.BY_DIFFERENCE + " LIMIT " + most);
        return "(SELECT r.* FROM " + rows + " r SEMI JOIN largest l ON l.isrc = r.isrc AND l.territory = r.territory"
                + " AND l.usage_type = r.usage_type)";
    }

    private Optional<HomeCurrency> home() {
        return model.done().rules().home();
    }

    private long all() {
        return model.totals().all().rows();
    }

    private List<List<Object>> summary() {
        List<List<Object>> lines = new ArrayList<>();
        lines.add(List.of(source + " " + FigureFormat.named(period)));
        PageFacts facts = model.facts();
        if (!facts.label().isEmpty()) {
            lines.add(List.of("Label", facts.label()));
        }
        lines.add(List.of("Service", source));
        lines.add(List.of("Days", period.from(), period.to()));
        if (!facts.prepared().isEmpty()) {
            lines.add(List.of("Prepared by", facts.prepared()));
        }
        if (!facts.approved().isEmpty()) {
            lines.add(List.of("Approved by", facts.approved()));
        }
        lines.add(List.of("Reconciliation", model.done().id()));
        lines.add(List.of(
                "State",
                model.close()
                        .map(close ->
                                "closed by " + close.by() + " on " + UtcMinute.of(close.at()) + " (" + close.id() + ")")
                        .orElse("open")));
        lines.add(List.of());
        SummarySentences.of(model).forEach(sentence -> lines.add(List.of(sentence)));
        facts.statements().missing().forEach(one -> lines.add(List.of("Missing: " + one)));
        facts.statements().warnings().forEach(one -> lines.add(List.of("Look: " + one)));
        facts.accepted().forEach(one -> lines.add(List.of("Accepted: " + one)));
        lines.add(List.of());
        lines.add(List.of("Status", "Rows", "API", "Reports", "Payable", "Not final"));
        for (ReconciliationStatus status : ReconciliationStatus.values()) {
            lines.add(line(status.words(), model.totals().of(status)));
        }
        lines.add(line("all", model.totals().all()));
        lines.add(List.of());
        model.totals().revenues().forEach(money -> lines.add(List.of("Earned", money.amount(), money.currency())));
        lines.addAll(model.home().lines());
        model.done()
                .adjustments()
                .forEach(one -> lines.add(List.of(
                        "Corrects " + one.corrects(), one.count(), FigureFormat.money(one.revenues()), one.closeId())));
        if (!model.totals().leftOut().isEmpty()) {
            lines.add(List.of());
            lines.add(List.of("Not counted", "Rows", "Plays", "Money", "From", "To", "Report", "Reason"));
        }
        model.totals()
                .leftOut()
                .forEach(left -> lines.add(List.of(
                        "Not counted",
                        left.rows(),
                        left.quantity(),
                        left.revenue().map(FigureFormat::money).orElse(""),
                        left.usage().from(),
                        left.usage().to(),
                        left.reportId(),
                        left.reason().words())));
        if (all() > most) {
            lines.add(List.of("The sheet Rows holds " + FigureFormat.count(most) + " of " + FigureFormat.count(all())
                    + " rows, those with the largest differences, since a sheet cannot hold more. The"
                    + " CSV file has all."));
        }
        lines.add(List.of("Printing takes this sheet whole and of every other sheet the first "
                + XlsxWriter.PRINTED_ROWS + " rows. To print more, clear the print area of that sheet."));
        lines.add(List.of());
        model.done().rules().written().forEach((name, value) -> lines.add(List.of("Rule " + name, value)));
        return lines;
    }

    private static List<Object> line(String name, ReconciliationTotals.Sums line) {
        return List.of(name, line.rows(), line.api(), line.report(), line.payable(), line.provisional());
    }

    private void facts(XlsxWriter book) throws IOException {
        PageFacts facts = model.facts();
        if (!facts.money().isEmpty()) {
            List<Column> columns = new ArrayList<>(MONEY);
            home().ifPresent(own -> {
                columns.add(new Column("in " + own.currency(), FileColumns.Kind.DECIMAL));
                columns.add(new Column("the period before in " + own.currency(), FileColumns.Kind.DECIMAL));
            });
            try (Sheet sheet = book.table("Money", columns)) {
                facts.money()
                        .forEach(table -> table.lines()
                                .forEach(line -> sheet.row(Arrays.asList(
                                        table.name(),
                                        line.name(),
                                        line.currency(),
                                        line.now().orElse(null),
                                        line.before().orElse(null),
                                        model.home()
                                                .worth(line.currency(), line.now())
                                                .map(Money::amount)
                                                .orElse(null),
                                        model.home()
                                                .worthBefore(line.currency(), line.before())
                                                .map(Money::amount)
                                                .orElse(null)))));
            }
        }
        if (!facts.deductions().isEmpty()) {
            try (Sheet sheet = book.table("Deductions", DEDUCTIONS)) {
                facts.deductions()
                        .forEach(one -> sheet.row(Arrays.asList(
                                one.sender(),
                                one.kind(),
                                one.place(),
                                one.lines(),
                                one.sum().currency(),
                                one.sum().amount())));
            }
        }
        if (!facts.statements().owed().isEmpty()) {
            try (Sheet sheet = book.table("Statements", STATEMENTS)) {
                facts.statements()
                        .owed()
                        .forEach(one -> sheet.row(Arrays.asList(
                                one.sender(),
                                one.month().toString(),
                                one.state().label(),
                                one.due(),
                                one.received().orElse(null))));
            }
        }
        variances(book, "Needs a person", facts.waiting());
        variances(book, "Decisions", facts.decided());
    }

    private static void variances(XlsxWriter book, String name, List<Variance> rows) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        try (Sheet sheet = book.table(name, VARIANCES)) {
            rows.forEach(one -> sheet.row(Arrays.asList(
                    one.state().label(),
                    one.key().isrc(),
                    one.title().orElse(null),
                    one.artists().orElse(null),
                    one.key().territory(),
                    one.key().usageType(),
                    one.figures().apiCount().orElse(null),
                    one.figures().reportCount().orElse(null),
                    one.figures().revenues(),
                    one.explanation(),
                    one.decision().map(VarianceDecision::comment).orElse(null),
                    one.decision().map(VarianceDecision::by).orElse(null),
                    one.decision().map(decision -> UtcMinute.of(decision.at())).orElse(null))));
        }
    }

    private void coverage(XlsxWriter book) throws IOException {
        try (Sheet sheet = book.table("Coverage", DAYS)) {
            model.coverage()
                    .days()
                    .forEach(day -> sheet.row(
                            Arrays.asList(day.day(), day.byApi(), day.byReport(), day.bySilence(), day.without())));
        }
        try (Sheet sheet = book.table("Gaps", GAPS)) {
            model.coverage()
                    .gaps()
                    .forEach(gap -> sheet.row(Arrays.asList(
                            gap.isrc(),
                            gap.title().orElse(null),
                            gap.territory().equals("*") ? "all" : gap.territory(),
                            gap.days(),
                            gap.first(),
                            gap.last(),
                            gap.lastCount(),
                            FigureFormat.money(gap.lastRevenues()),
                            gap.reason().words())));
        }
    }
}
