package dev.tactus.ledger.royalty;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import dev.tactus.ledger.codec.TextList;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The sales reports: what was imported, what it came to, what replaced it, who took it back and why.
///
/// An import is noted before the lake is touched ([#begin]) and completed afterwards ([#imported]); what a killed
/// process left in between is in [#unsettled], and the lake's snapshots tell which way to settle it.
public final class Reports {
    private final Database database;
    private final InstantSource clock;

    public Reports(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Notes a report whose rows are about to land; its state is IMPORTING whatever it says.
    public void begin(Report report) {
        database.writing(session -> {
            session.update(
                    """
                    INSERT INTO report (id, sha256, bytes, name, layout, layout_sha256, sender, services, part,
                      usage_start, usage_end, rows_read, rows_landed, rows_deducted, rows_rejected, rows_skipped, replaces, state,
                      accepted, publication, at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    report.id(),
                    report.sha256(),
                    report.bytes(),
                    report.name(),
                    report.layout(),
                    report.layoutSha256(),
                    report.sender(),
                    TextList.encode(report.services()),
                    report.part(),
                    report.usageStart().orElse(null),
                    report.usageEnd().orElse(null),
                    report.counts().read(),
                    report.counts().landed(),
                    report.counts().deductions(),
                    report.counts().rejected(),
                    report.counts().skipped(),
                    TextList.encode(report.replaces()),
                    ReportState.IMPORTING.name(),
                    report.accepted().orElse(null),
                    report.publication(),
                    report.at());
            long number = number(session, report.id());
            for (ReportTotal total : report.totals()) {
                session.update(
                        "INSERT INTO report_total (report, currency, rows, rounded, reported, landed)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        number,
                        total.currency(),
                        total.rows(),
                        total.rounded(),
                        total.reported().toPlainString(),
                        total.landed().toPlainString());
            }
            for (RejectedTotal total : report.rejected()) {
                session.update(
                        "INSERT INTO report_rejected (report, currency, rows, amount) VALUES (?, ?, ?, ?)",
                        number,
                        total.currency(),
                        total.rows(),
                        total.amount().toPlainString());
            }
        });
    }

    /// Notes that the rows are in the lake, and that those it replaces are out of it.
    public void imported(String id, String by, String reason) {
        database.writing(session -> {
            Report report = find(id).orElseThrow(() -> unknown(id));
            move(session, id, ReportState.IMPORTING, ReportState.IMPORTED);
            event(session, id, "imported", by, reason);
            for (String old : report.replaces()) {
                move(session, old, ReportState.IMPORTED, ReportState.REPLACED);
                session.update("UPDATE report SET replaced_by = ? WHERE id = ?", id, old);
                event(session, old, "replaced", by, "by " + id);
            }
        });
    }

    /// Forgets an import whose rows never reached the lake.
    public void forget(String id) {
        database.writing(session -> {
            // so that it is refused where its rows have arrived
            move(session, id, ReportState.IMPORTING, ReportState.IMPORTING);
            long number = number(session, id);
            session.update("DELETE FROM report_total WHERE report = ?", number);
            session.update("DELETE FROM report_rejected WHERE report = ?", number);
            session.update("DELETE FROM report WHERE number = ?", number);
        });
    }

    /// Notes that a person takes a report back, before the lake is touched.
    public void beginVoid(String id, String by, String reason) {
        database.writing(session -> {
            move(session, id, ReportState.IMPORTED, ReportState.VOIDING);
            event(session, id, "voided", by, reason);
        });
    }

    /// Notes that the rows are out of the lake.
    public void voided(String id) {
        database.writing(session -> move(session, id, ReportState.VOIDING, ReportState.VOIDED));
    }

    /// By id.
    public Optional<Report> find(String id) {
        return database.read(session -> reports(session, "WHERE id = ?", id)).stream()
                .findFirst();
    }

    /// By id or by a part of it that fits only one.
    public Optional<Report> search(String part) {
        Optional<Report> exact = find(part);
        if (exact.isPresent() || part.isBlank()) {
            return exact;
        }
        List<Report> fitting = database.read(session -> reports(session, "WHERE replace(id, ?, '') <> id", part));
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /// The report with this content whose rows are in the lake.
    public Optional<Report> withContent(String sha256) {
        return database
                .read(session ->
                        reports(session, "WHERE sha256 = ? AND state = ?", sha256, ReportState.IMPORTED.name()))
                .stream()
                .findFirst();
    }

    /// The report with this content whose place others have taken since.
    public Optional<Report> replacedWithContent(String sha256) {
        return database
                .read(session ->
                        reports(session, "WHERE sha256 = ? AND state = ?", sha256, ReportState.REPLACED.name()))
                .stream()
                .findFirst();
    }

    /// Those whose rows are in the lake and are about any of these days, the oldest first.
    public List<Report> covering(LocalDate from, LocalDate to) {
        return database.read(session -> reports(
                session,
                "WHERE state = ? AND usage_start <= ? AND usage_end >= ?",
                ReportState.IMPORTED.name(),
                to.toString(),
                from.toString()));
    }

    /// Those a killed process left between ledger and lake.
    public List<Report> unsettled() {
        return database.read(session ->
                reports(session, "WHERE state IN (?, ?)", ReportState.IMPORTING.name(), ReportState.VOIDING.name()));
    }

    /// All, the oldest first.
    public List<Report> list() {
        return database.read(session -> reports(session, ""));
    }

    /// What was done to a report, in order.
    public List<ReportEvent> events(String id) {
        return database.read(session -> session.list(
                "SELECT * FROM report_event WHERE report = ? ORDER BY number",
                row -> new ReportEvent(
                        row.text("report"), row.text("what"), row.text("by"), row.text("reason"), row.instant("at")),
                id));
    }

    private void event(SqlSession session, String id, String what, String by, String reason) {
        session.update(
                "INSERT INTO report_event (report, what, by, reason, at) VALUES (?, ?, ?, ?, ?)",
                id,
                what,
                by,
                reason,
                clock.instant());
    }

    private static void move(SqlSession session, String id, ReportState from, ReportState to) {
        if (session.update("UPDATE report SET state = ? WHERE id = ? AND state = ?", to.name(), id, from.name()) != 1) {
            throw new IllegalStateException("report " + id + " is not " + from.label());
        }
    }

    private static long number(SqlSession session, String id) {
        return session.first("SELECT number FROM report WHERE id = ?", row -> row.number("number"), id)
                .orElseThrow(() -> unknown(id));
    }

    private static IllegalArgumentException unknown(String id) {
        return new IllegalArgumentException("the ledger knows no report " + id);
    }

    private static List<Report> reports(SqlSession session, String where, String... values) {
        List<Report> reports = new ArrayList<>();
        // two queries of one connection don't run within one another
        List<NumberedReport> stored = session.list(
                "SELECT * FROM report " + where + " ORDER BY number", NumberedReport::of, (Object[]) values);
        for (NumberedReport one : stored) {
            reports.add(one.bare()
                    .withMoney(
                            session.list(
                                    "SELECT * FROM report_total WHERE report = ? ORDER BY currency",
                                    Reports::total,
                                    one.number()),
                            session.list(
                                    "SELECT * FROM report_rejected WHERE report = ? ORDER BY currency",
                                    row -> new RejectedTotal(
                                            row.text("currency"),
                                            row.number("rows"),
                                            new BigDecimal(row.text("amount"))),
                                    one.number())));
        }
        return reports;
    }

    private static ReportTotal total(Row row) {
        return new ReportTotal(
                row.text("currency"),
                row.number("rows"),
                row.number("rounded"),
                new BigDecimal(row.text("reported")),
                new BigDecimal(row.text("landed")));
    }

    private record NumberedReport(long number, Report bare) {
        static NumberedReport of(Row row) {
            return new NumberedReport(
                    row.number("number"),
                    new Report(
                            row.text("id"),
                            row.text("sha256"),
                            row.number("bytes"),
                            row.text("name"),
                            row.text("layout"),
                            row.text("layout_sha256"),
                            row.text("sender"),
                            TextList.decodePresent(row.text("services")),
                            row.text("part"),
                            row.optionalDay("usage_start"),
                            row.optionalDay("usage_end"),
                            new ReportCounts(
                                    row.number("rows_read"),
                                    row.number("rows_landed"),
                                    row.number("rows_deducted"),
                                    row.number("rows_rejected"),
                                    row.number("rows_skipped")),
                            List.of(),
                            List.of(),
                            TextList.decodePresent(row.text("replaces")),
                            ReportState.valueOf(row.text("state")),
                            row.optionalText("replaced_by"),
                            row.optionalText("accepted"),
                            row.optionalText("publication").orElse(row.text("id")),
                            row.instant("at")));
        }
    }
}
