package dev.tactus.console.today;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.periods.Statements;
import dev.tactus.console.today.Need.Urgency;
import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.quality.DeadLetterState;
import dev.tactus.ledger.quality.DriftState;
import dev.tactus.ledger.royalty.ClosePreparation;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.statements.ExpectedStatement;
import dev.tactus.reconcile.variance.VarianceReview;
import dev.tactus.reports.matching.UnmatchedQueue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds what needs somebody, in the ledger and, where there is one, in the lake.
final class NeedFinder {
    private static final int MEGABYTES = 256;

    private final Configuration configuration;
    private final Ledger ledger;
    private final Instant now;
    private final List<Need> needs = new ArrayList<>();

    NeedFinder(Configuration configuration, Ledger ledger, Instant now) {
        this.configuration = configuration;
        this.ledger = ledger;
        this.now = now;
    }

    /// What the ledger alone knows.
    void ledger() {
        runs();
        penalties();
        preparations();
        long open = ledger.deadLetters().count(DeadLetterState.OPEN);
        if (open > 0) {
            needs.add(Need.of(
                    Urgency.NOTICE,
                    "dead_letters",
                    "dead letters",
                    HumanFormat.counted(open, "payload is", "payloads are") + " set aside",
                    open,
                    "tactus dead-letters list",
                    "/dead-letters"));
        }
        long drifts = ledger.drifts().count(DriftState.OPEN);
        if (drifts > 0) {
            needs.add(Need.of(
                    Urgency.NOTICE,
                    "drift",
                    "drift",
                    HumanFormat.counted(drifts, "difference to the catalog is", "differences to the catalog are")
                            + " open",
                    drifts,
                    "tactus drift list",
                    "/drift"));
        }
    }

    /// What is seen in the lake only.
    void lake(Lake lake) {
        for (ExpectedStatement one :
                Statements.calendar(configuration, ledger, lake, now).all()) {
            if (one.state() == ExpectedStatement.State.LATE) {
                needs.add(Need.of(
                        Urgency.NOW,
                        "late_statement",
                        one.sender(),
                        one.words(),
                        1,
                        "tactus reports import FILE",
                        "/calendar?state=late"));
            }
        }
        variances(lake);
        unmatched(lake);
    }

    /// The most urgent first; of equals in the order in which people see to them.
    List<Need> found() {
        return needs.stream()
                .sorted((a, b) -> a.urgency().compareTo(b.urgency()))
                .toList();
    }

    private void runs() {
        for (Run run : ledger.runs().list()) {
            if (!run.state().isUnfinished()
                    || (run.state() == RunState.RUNNING && run.endedAt().isEmpty())) {
                continue;
            }
            needs.add(Need.of(
                            Urgency.NOW,
                            "unfinished_run",
                            run.source() + " " + run.from() + (run.from().equals(run.to()) ? "" : ".." + run.to()),
                            "the run is " + HumanFormat.label(run.state())
                                    + (run.note().isEmpty() ? "" : ": " + run.note()),
                            1,
                            "tactus runs resume " + run.id(),
                            "/runs/" + run.id())
                    .since(run.updatedAt()));
        }
    }

    private void penalties() {
        for (String source : configuration.sources().keySet()) {
            ledger.limitStates()
                    .load(source)
                    .forEach(scope -> scope.closedUntil(now)
                            .ifPresent(until -> needs.add(Need.of(
                                    Urgency.SOON,
                                    "penalty",
                                    source + " " + scope.scope(),
                                    "the service is closed to us until " + until,
                                    1,
                                    "tactus limits forget " + scope.scope() + " --source " + source,
                                    "/limits"))));
        }
    }

    private void preparations() {
        for (ClosePreparation one : ledger.closePreparations().list()) {
            String period = new Period(one.from(), one.to()).label();
            needs.add(Need.of(
                            Urgency.NOW,
                            "close_to_approve",
                            one.source() + " " + period,
                            "prepared by " + one.by() + ", waits for a second person",
                            1,
                            "tactus close approve --period " + period + " --source " + one.source() + " --by NAME",
                            "/close?period=" + period + "&source=" + one.source())
                    .since(one.at()));
        }
    }

    private void variances(Lake lake) {
        VarianceReview review = new VarianceReview(ledger, lake, MEGABYTES);
        for (List<String> reconciled : reconciled(lake)) {
            String source = reconciled.getFirst();
            Period period = Period.parse(reconciled.getLast());
            if (isClosed(source, period)) {
                continue;
            }
            long waiting = review.counts(source, period).waiting();
            if (waiting > 0) {
                needs.add(Need.of(
                        Urgency.SOON,
                        "variances",
                        source + " " + period,
                        HumanFormat.counted(waiting, "variance waits", "variances wait") + " for a decision",
                        waiting,
                        "tactus variances list --waiting --period " + period + " --source " + source,
                        "/variances?period=" + period + "&source=" + source));
            }
        }
    }

    private static List<List<String>> reconciled(Lake lake) {
        try (Workbench bench = lake.workbench(MEGABYTES)) {
            return QueryRows.list(
                    bench,
                    "SELECT DISTINCT source, period FROM " + bench.relation(TablePart.all(LakeTable.RECONCILED))
                            + " ORDER BY period, source",
                    row -> row.stream().map(String::valueOf).toList());
        }
    }

    private boolean isClosed(String source, Period period) {
        return ledger.periods().inForce(source).stream()
                .anyMatch((PeriodRecord close) ->
                        close.from().equals(period.from()) && close.to().equals(period.to()));
    }

    private void unmatched(Lake lake) {
        try (UnmatchedQueue queue = new UnmatchedQueue(ledger, lake)) {
            if (queue.count() > 0) {
                SortedMap<String, BigDecimal> money = new TreeMap<>();
                queue.each(usage ->
                        usage.revenue().forEach((currency, amount) -> money.merge(currency, amount, BigDecimal::add)));
                needs.add(Need.of(
                                Urgency.SOON,
                                "unmatched",
                                "unmatched usage",
                                HumanFormat.counted(queue.count(), "title that", "titles that") + " no recording fits",
                                queue.count(),
                                "tactus reports unmatched",
                                "/unmatched")
                        .worth(money));
            }
        }
    }
}
