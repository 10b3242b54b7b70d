package dev.tactus.reconcile.retention;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.retention.RetentionKind;
import dev.tactus.lake.retention.RetentionScope;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.join.WorkbenchRelation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose bytes may go: what is old enough and no open period needs.
///
/// A day is needed until a close of its source that is in force holds it; a statement, until all the days that its rows
/// are about are closed for the sources that they are usage of; the payload of a dead letter, while that is open.
final class RetentionKeys {
    private static final WorkbenchRelation KEYS = WorkbenchRelation.table("retention_keys", "key VARCHAR");
    private static final WorkbenchRelation CLOSED =
            WorkbenchRelation.table("retention_closed", "source VARCHAR, first_day DATE, last_day DATE");
    private static final WorkbenchRelation LETTERS =
            WorkbenchRelation.table("retention_letters", "payload_sha256 VARCHAR");
    private static final WorkbenchRelation NEEDED =
            WorkbenchRelation.table("retention_needed", "payload_sha256 VARCHAR, source VARCHAR, day DATE");

    /// Tables whose rows name the answer that they were read from.
    private static final List<LakeTable> FETCHED = List.of(
            LakeTable.TRACKS, LakeTable.DAILY_STREAMS, LakeTable.DAILY_LISTENERS, LakeTable.LISTENER_DEMOGRAPHICS);

    private final Ledger ledger;
    private final ServiceSources services;
    private final Workbench bench;
    private final RetentionRequest request;
    private final List<String> kept = new ArrayList<>();

    RetentionKeys(Ledger ledger, ServiceSources services, Workbench bench, RetentionRequest request) {
        this.ledger = ledger;
        this.services = services;
        this.bench = bench;
        this.request = request;
    }

    RetentionScope scope() {
        switch (request.kind()) {
            case PAYLOADS -> payloads();
            case STATEMENTS -> statements();
        }
        return new RetentionScope(
                request.kind(),
                KEYS.name(),
                request.kind() == RetentionKind.PAYLOADS ? Optional.of(request.moment()) : Optional.empty());
    }

    /// What is old enough and stays, with the reason.
    List<String> kept() {
        return List.copyOf(kept);
    }

    private void payloads() {
        List<List<@Nullable Object>> closed = new ArrayList<>();
        ledger.periods().list().stream()
                .map(PeriodRecord::source)
                .distinct()
                .flatMap(source -> ledger.periods().inForce(source).stream())
                .forEach(close -> closed.add(List.of(close.source(), close.from(), close.to())));
        CLOSED.make(bench, closed);
        List<List<@Nullable Object>> letters = new ArrayList<>();
        ledger.deadLetters().openPayloads().forEach(payload -> letters.add(List.of(payload)));
        LETTERS.make(bench, letters);
        NEEDED.makeEmpty(bench);
        for (LakeTable table : FETCHED) {
            NEEDED.add(
                    bench,
                    sql("needed")
                            .insert("rows", bench.relation(TablePart.all(table)))
                            .text());
        }
        String payloads = bench.relation(TablePart.all(LakeTable.PAYLOADS));
        KEYS.make(
                bench,
                sql("payload_keys")
                        .insert("payloads", payloads)
                        .with("before", request.moment().toString())
                        .with("forced", request.forced() ? 1 : 0)
                        .text());
        if (!request.forced()) {
            kept.addAll(QueryRows.list(
                    bench,
                    sql("kept_payloads")
                            .insert("payloads", payloads)
                            .with("before", request.moment().toString())
                            .text(),
                    row -> row.get(3) + " answers of " + row.get(0) + ": the days " + row.get(1) + " to " + row.get(2)
                            + " are in no closed period"));
            kept.addAll(QueryRows.list(
                    bench,
                    sql("kept_letters")
                            .insert("payloads", payloads)
                            .with("before", request.moment().toString())
                            .text(),
                    row -> row.get(1) + " answers of " + row.get(0)
                            + ": open dead letters were found in them (tactus dead-letters list)"));
        }
    }

    /// Days that a report's rows are about, by the source that they are usage of.
    private record UsageDays(String reportId, String source, LocalDate first, LocalDate last) {}

    private void statements() {
        Map<String, List<UsageDays>> usage = new HashMap<>();
        QueryRows.list(
                        bench,
                        sql("usage_days")
                                .insert("sales", bench.relation(TablePart.all(LakeTable.SALES)))
                                .text(),
                        row -> new UsageDays(
                                String.valueOf(row.get(0)),
                                services.name(String.valueOf(row.get(1))),
                                (LocalDate) Objects.requireNonNull(row.get(2)),
                                (LocalDate) Objects.requireNonNull(row.get(3))))
                .forEach(days -> usage.computeIfAbsent(days.reportId(), _ -> new ArrayList<>())
                        .add(days));
        List<List<@Nullable Object>> going = new ArrayList<>();
        for (Report report : ledger.reports().list()) {
            boolean settled = report.state() != ReportState.IMPORTING && report.state() != ReportState.VOIDING;
            if (settled && report.at().isBefore(request.moment())) {
                Optional<UsageDays> open = usage.getOrDefault(report.id(), List.of()).stream()
                        .filter(days -> !isClosed(days))
                        .findFirst();
                if (open.isEmpty() || request.forced()) {
                    going.add(List.of(report.id()));
                } else {
                    UsageDays days = open.get();
                    kept.add("the statement " + report.name() + " (" + report.id() + "): "
                            + new Period(days.first(), days.last()) + " is not closed for " + days.source());
                }
            }
        }
        KEYS.make(bench, going);
    }

    private boolean isClosed(UsageDays days) {
        LocalDate next = days.first();
        for (PeriodRecord close : ledger.periods().inForce(days.source())) {
            if (!close.from().isAfter(next) && !close.to().isBefore(next)) {
                next = close.to().plusDays(1);
            }
        }
        return next.isAfter(days.last());
    }

    private static SqlResource sql(String name) {
        return SqlResource.of(RetentionKeys.class, name);
    }
}
