package dev.tactus.reconcile.coverage;

import static dev.tactus.reconcile.coverage.CoverageRelations.ANSWER;
import static dev.tactus.reconcile.coverage.CoverageRelations.AWAITED;
import static dev.tactus.reconcile.coverage.CoverageRelations.AWAITED_DAY;
import static dev.tactus.reconcile.coverage.CoverageRelations.AWAITED_TERRITORY;
import static dev.tactus.reconcile.coverage.CoverageRelations.GAP;
import static dev.tactus.reconcile.coverage.CoverageRelations.GAP_DAY;
import static dev.tactus.reconcile.coverage.CoverageRelations.REPORTED_SPAN;
import static dev.tactus.reconcile.coverage.CoverageRelations.REPORTED_TERRITORY;
import static dev.tactus.reconcile.coverage.CoverageRelations.STATEMENT_SPAN;
import static dev.tactus.reconcile.coverage.CoverageRelations.UNANSWERED;
import static dev.tactus.reconcile.coverage.CoverageRelations.UNLANDED;

import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.AwaitedTerritory;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.items.SourceAnswer;
import dev.tactus.music.Dataset;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.join.JoinInputs;
import dev.tactus.reconcile.join.QueryRows;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Finds out who tells of each recording on each day of a period: the ledger knows what the API answered, the workbench
/// what reports say.
final class CoverageQuery {
    private final Workbench bench;
    private final JoinInputs inputs;
    private final PreviousUsage previous;
    private final Ledger ledger;
    private final Period period;

    CoverageQuery(JoinInputs inputs, PreviousUsage previous, Ledger ledger) {
        this.bench = inputs.bench();
        this.inputs = inputs;
        this.previous = previous;
        this.ledger = ledger;
        this.period = inputs.period();
    }

    Coverage find() {
        AWAITED.make(
                bench,
                () -> ledger.awaited()
                        .of(inputs.source(), period.from(), period.to())
                        .map(CoverageQuery::row)
                        .iterator());
        REPORTED_SPAN.make(
                bench,
                "SELECT DISTINCT isrc, usage_start AS f, usage_end AS t FROM counted_row WHERE usage_type = 'stream'");
        STATEMENT_SPAN.make(bench, "SELECT DISTINCT f, t FROM reported_span");
        List.of(AWAITED_DAY, UNLANDED, GAP_DAY).forEach(relation -> relation.makeEmpty(bench));
        // a day at a time, so that a large catalog's long period needs no more memory than its day
        period.from().datesUntil(period.to().plusDays(1)).forEach(this::recordings);
        territories();
        GAP.make(bench, sql("gap").with("days", period.days()).text());
        return coverage();
    }

    /// Who tells of the recordings of which nothing landed on a day.
    private void recordings(LocalDate day) {
        ANSWER.make(
                bench,
                () -> ledger.items()
                        .answers(inputs.source(), Dataset.STREAMS, day)
                        .map(CoverageQuery::row)
                        .iterator());
        AWAITED_DAY.add(bench, sql("awaited_day").with("day", day).text());
        UNANSWERED.make(bench, sql("unanswered").with("day", day).text());
        UNLANDED.add(
                bench,
                "SELECT DATE '" + day
                        + "' AS day, reason, reported, silent, count(*) AS n FROM unanswered GROUP BY ALL");
        GAP_DAY.add(
                bench,
                "SELECT isrc, '*' AS territory, reason, DATE '" + day + "' AS day FROM unanswered"
                        + " WHERE NOT reported AND NOT silent");
    }

    /// Who tells of the territories that failed where the rest landed, and of recordings that have to come by report.
    private void territories() {
        REPORTED_TERRITORY.make(bench, sql("reported_territory").text());
        AWAITED_TERRITORY.make(bench, sql("awaited_territory").text());
        UNLANDED.add(bench, sql("awaited_recordings").text());
        GAP_DAY.add(
                bench,
                "SELECT isrc, territory, 'AWAITING_REPORT' AS reason, day FROM awaited_territory WHERE NOT reported");
    }

    private Coverage coverage() {
        long recordings = inputs.catalog().size();
        Map<LocalDate, Coverage.Day> days = new TreeMap<>();
        period.from()
                .datesUntil(period.to().plusDays(1))
                .forEach(day -> days.put(day, new Coverage.Day(day, recordings, 0, 0, 0)));
        QueryRows.list(bench, sql("days").text(), row -> {
            long without = QueryRows.number(row.get(1));
            long reported = QueryRows.number(row.get(2));
            long silent = QueryRows.number(row.get(3));
            // the source has answered where it has no such recording
            LocalDate day = day(row.get(0));
            return days.put(
                    day, new Coverage.Day(day, recordings - without - reported - silent, reported, silent, without));
        });
        return new Coverage(
                recordings * period.days(),
                sum(days, Coverage.Day::byApi),
                sum(days, Coverage.Day::byReport),
                sum(days, Coverage.Day::bySilence),
                sum(days, Coverage.Day::without),
                List.copyOf(days.values()),
                largest(),
                bench.number("SELECT count(*) FROM gap"),
                previous.total(),
                bench.number("SELECT coalesce(sum(last), 0) FROM gap"),
                reasons());
    }

    private static long sum(Map<LocalDate, Coverage.Day> days, ToLongFunction<Coverage.Day> part) {
        return days.values().stream().mapToLong(part).sum();
    }

    private Map<CoverageGap.Reason, Long> reasons() {
        Map<CoverageGap.Reason, Long> reasons = new EnumMap<>(CoverageGap.Reason.class);
        QueryRows.list(
                bench,
                "SELECT reason, CAST(sum(n) AS BIGINT) FROM unlanded WHERE NOT reported AND NOT silent GROUP BY reason",
                row -> reasons.put(
                        CoverageGap.Reason.valueOf(String.valueOf(row.get(0))), QueryRows.number(row.get(1))));
        return reasons;
    }

    private List<CoverageGap> largest() {
        return QueryRows.list(
                bench,
                sql("largest_gaps").with("most", Coverage.LISTED).text(),
                row -> new CoverageGap(
                        String.valueOf(row.get(0)),
                        Optional.ofNullable(row.get(1)).map(String::valueOf),
                        String.valueOf(row.get(2)),
                        CoverageGap.Reason.valueOf(String.valueOf(row.get(3)).toUpperCase(Locale.ROOT)),
                        QueryRows.number(row.get(4)),
                        day(row.get(5)),
                        day(row.get(6)),
                        QueryRows.number(row.get(7)),
                        revenues(String.valueOf(row.get(8)))));
    }

    private static List<Money> revenues(String text) {
        List<Money> all = new ArrayList<>();
        String[] parts = text.split(" ", -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            all.add(new Money(parts[i], new BigDecimal(parts[i + 1])));
        }
        return all;
    }

    private static List<@Nullable Object> row(AwaitedTerritory awaited) {
        return List.of(awaited.isrc().value(), awaited.day(), awaited.territory(), awaited.runId());
    }

    private static List<@Nullable Object> row(SourceAnswer answer) {
        boolean awaits = answer.state() == ItemState.AWAITING_REPORT || answer.state() == ItemState.FELL_BACK;
        return Arrays.asList(answer.isrc().value(), reason(answer), awaits ? answer.runId() : null);
    }

    private static String reason(SourceAnswer answer) {
        return switch (answer.state()) {
            // awaited territories stand beside; what is not among them has landed
            case LANDED, AWAITING_REPORT, FELL_BACK -> "LANDED";
            case NOT_FOUND -> CoverageGap.Reason.NOT_FOUND.name();
            case DEAD_LETTERED -> CoverageGap.Reason.DEAD_LETTERED.name();
            case PARKED -> CoverageGap.Reason.PARKED.name();
            case PLANNED -> CoverageGap.Reason.NEVER_ASKED.name();
            case NOT_DUE -> throw new IllegalStateException("an item that is not due is no answer: " + answer.isrc());
        };
    }

    private static LocalDate day(@Nullable Object value) {
        if (value instanceof LocalDate day) {
            return day;
        }
        throw new IllegalStateException("a day came as " + value);
    }

    private static SqlResource sql(String name) {
        return SqlResource.of(CoverageQuery.class, name);
    }
}
