package dev.tactus.reconcile.join;

import static dev.tactus.reconcile.join.JoinRelations.ADJUSTING;
import static dev.tactus.reconcile.join.JoinRelations.BOOKED_MONEY;
import static dev.tactus.reconcile.join.JoinRelations.BOOKED_ROW;
import static dev.tactus.reconcile.join.JoinRelations.CLOSED_MONEY;
import static dev.tactus.reconcile.join.JoinRelations.CLOSED_ROW;
import static dev.tactus.reconcile.join.JoinRelations.COUNT_DELTA;
import static dev.tactus.reconcile.join.JoinRelations.MONEY_DELTA;
import static dev.tactus.reconcile.join.JoinRelations.RESTATED_MONEY;
import static dev.tactus.reconcile.join.JoinRelations.RESTATED_ROW;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds what closed periods would come to today, and makes the difference the adjustments of an open period.
///
/// A closed period is never written again. What it would be by today's reports and counts, by the rules it was closed
/// with, less what it was closed with, less what other periods have already adjusted, is counted in the open period:
/// closed + all adjustments = what would be today, for every recording, territory and kind of usage.
///
/// That holds for a period that was opened again, too: it then has itself what other periods have booked for it. It
/// takes
/// that off in adjustments of its own, and what the others have booked stays.
final class AdjustmentQuery {
    private final Ledger ledger;
    private final Lake lake;
    private final ServiceSources services;
    private final Workbench bench;
    private final String source;
    private final Period open;

    AdjustmentQuery(Ledger ledger, Lake lake, ServiceSources services, Workbench bench, String source, Period open) {
        this.ledger = ledger;
        this.lake = lake;
        this.services = services;
        this.bench = bench;
        this.source = source;
        this.open = open;
    }

    /// A workbench whose table [JoinRelations#ADJUSTING] has the rows of `adjustments` for the open period.
    static final class Rows {
        private final Workbench bench;
        private final List<KeptDecision> kept;

        private Rows(Workbench bench, List<KeptDecision> kept) {
            this.bench = bench;
            this.kept = List.copyOf(kept);
        }

        /// What is left out of closed periods by what was decided then.
        List<KeptDecision> kept() {
            return kept;
        }

        String relation() {
            return ADJUSTING.name();
        }

        long size() {
            return bench.number("SELECT count(*) FROM " + ADJUSTING);
        }
    }

    /// What the rows depend on beside the tables that are joined: what other periods have booked, and the closes that
    /// may be corrected.
    List<String> state() {
        List<String> state = new ArrayList<>(booked());
        earlier().forEach(close -> state.add(close.id()));
        return state;
    }

    private List<PeriodRecord> earlier() {
        return ledger.periods().inForce(source).stream()
                .filter(close -> close.to().isBefore(open.from()))
                .toList();
    }

    /// What other periods have adjusted, as far as it tells one state from another.
    private List<String> booked() {
        return QueryRows.texts(
                bench,
                sql("booked_state")
                        .with("source", source)
                        .with("period", open.label())
                        .insert("adjustments", adjustments())
                        .text());
    }

    private String adjustments() {
        return bench.relation(TablePart.source(LakeTable.ADJUSTMENTS, source));
    }

    /// Whether there are any.
    ///
    /// @throws dev.tactus.reconcile.IntegrityFailure if a close's manifest is damaged
    boolean isDue() {
        if (earlier().isEmpty()) {
            return false;
        }
        Rows rows = make(CatalogTable.load(bench, ledger), "");
        return rows.size() > 0 || !rows.kept().isEmpty();
    }

    /// Makes the rows.
    ///
    /// @param catalog stands in the workbench, since every closed period is joined over
    /// @throws dev.tactus.reconcile.IntegrityFailure if a close's manifest is damaged
    Rows make(CatalogTable catalog, String id) {
        ADJUSTING.make(
                bench, "SELECT * FROM " + bench.relation(TablePart.all(LakeTable.ADJUSTMENTS), Optional.empty()));
        List<String> booked = booked();
        List<KeptDecision> kept = new ArrayList<>();
        for (PeriodRecord record : earlier()) {
            CloseManifest close = CloseManifest.of(lake, record).orElseThrow(() -> CloseManifest.damaged(record));
            String prefix = close.period().label() + " ";
            if (booked.stream().anyMatch(one -> one.startsWith(prefix)) || hasChanged(close)) {
                KeptDecision decision = correct(close, booked, catalog, id);
                if (!decision.isEmpty()) {
                    kept.add(decision);
                }
            }
        }
        takeOff(id);
        keep(id);
        return new Rows(bench, kept);
    }

    /// Takes off what other periods have booked for this one, or for one within it, before it was opened again.
    private void takeOff(String id) {
        List<String> within = reopened().stream()
                .filter(period ->
                        !period.from().isBefore(open.from()) && !period.to().isAfter(open.to()))
                .map(Period::label)
                .toList();
        if (!within.isEmpty()) {
            ADJUSTING.add(
                    bench,
                    sql("counter_booking")
                            .with("source", source)
                            .with("period", open.label())
                            .with("id", id)
                            .with("reopened", within)
                            .insert("adjustments", adjustments())
                            .text());
        }
    }

    /// What was booked for a period that is open again stays booked: it counts on that.
    private void keep(String id) {
        List<String> before = reopened().stream()
                .filter(period -> period.to().isBefore(open.from()))
                .map(Period::label)
                .toList();
        if (!before.isEmpty()) {
            ADJUSTING.add(
                    bench,
                    sql("kept_booking")
                            .with("period", open.label())
                            .with("id", id)
                            .with("reopened", before)
                            .insert("adjustments", adjustments())
                            .text());
        }
    }

    /// The periods that were closed once and are not now.
    private List<Period> reopened() {
        Set<Period> inForce = ledger.periods().inForce(source).stream()
                .map(close -> new Period(close.from(), close.to()))
                .collect(Collectors.toSet());
        return ledger.periods().list().stream()
                .filter(record -> record.source().equals(source) && record.closes())
                .map(record -> new Period(record.from(), record.to()))
                .distinct()
                .filter(period -> !inForce.contains(period))
                .toList();
    }

    /// Whether it stands on other files than when it was closed, or on another catalog.
    private boolean hasChanged(CloseManifest close) {
        return !close.catalogHash().equals(ledger.recordings().hash().orElse(""))
                || new PeriodParts(source, close.period())
                        .inputs().entrySet().stream()
                                .anyMatch(part ->
                                        !close.files(part.getKey().label()).equals(bench.files(part.getValue())));
    }

    /// The close, and those after it that have booked corrections of its period, in their order.
    private List<CloseManifest> decided(CloseManifest close, List<String> booked) {
        List<CloseManifest> decided = new ArrayList<>(List.of(close));
        ledger.periods().inForce(source).stream()
                .filter(later -> later.number() > close.record().number())
                .filter(later -> booked.stream()
                        .anyMatch(one -> one.startsWith(
                                close.period().label() + " " + new Period(later.from(), later.to()).label() + " ")))
                .sorted(Comparator.comparingLong(PeriodRecord::number))
                .forEach(later ->
                        decided.add(CloseManifest.of(lake, later).orElseThrow(() -> CloseManifest.damaged(later))));
        return decided;
    }

    private KeptDecision correct(CloseManifest close, List<String> booked, CatalogTable catalog, String id) {
        Period period = close.period();
        KeptMeetings meetings = new KeptMeetings(lake, services, bench, source);
        JoinInputs inputs = meetings.today(decided(close, booked), catalog);
        JoinedRows restated = ReconcileQuery.join(inputs, close.rules(), id);
        RESTATED_ROW.make(
                bench,
                "SELECT isrc, territory, usage_type, payable_count, basis, explanation, title, artists, revenues,"
                        + " run_ids, report_ids FROM " + restated.relation());
        Optional<Long> snapshot = Optional.ofNullable(lake.tagged(close.tag()).get(LakeTable.RECONCILED));
        CLOSED_ROW.make(
                bench, "SELECT * FROM " + bench.relation(new PeriodParts(source, period).reconciled(), snapshot));
        BOOKED_ROW.make(
                bench,
                sql("booked_row")
                        .with("source", source)
                        .with("corrects", period.label())
                        .with("period", open.label())
                        .insert("adjustments", adjustments())
                        .text());
        money(CLOSED_ROW, CLOSED_MONEY);
        money(BOOKED_ROW, BOOKED_MONEY);
        money(RESTATED_ROW, RESTATED_MONEY);
        MONEY_DELTA.make(bench, sql("money_delta").text());
        COUNT_DELTA.make(bench, sql("count_delta").text());
        ADJUSTING.add(
                bench,
                sql("adjusting")
                        .with("source", source)
                        .with("corrects", period.label())
                        .with("period", open.label())
                        .with("close_id", close.record().id())
                        .with("id", id)
                        .text());
        return meetings.since(close, inputs);
    }

    private void money(WorkbenchRelation rows, WorkbenchRelation money) {
        money.make(bench, sql("adjustment_money").insert("rows", rows.name()).text());
    }

    private static SqlResource sql(String name) {
        return SqlResource.of(AdjustmentQuery.class, name);
    }
}
