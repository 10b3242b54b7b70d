package dev.tactus.reconcile.explain;

import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.explain.CellExplanation.ApiDay;
import dev.tactus.reconcile.explain.CellExplanation.StatementRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a cell of an open period is still what it would be now. What is shown was reconciled at some time; whoever
/// reads it has to know what came after.
final class CellFreshness {
    private final Period period;
    private final String source;

    CellFreshness(Period period, String source) {
        this.period = period;
        this.source = source;
    }

    /// How the period was closed and opened again.
    ///
    /// @param records of all closes and reopenings, in order
    Optional<String> reopened(List<PeriodRecord> records) {
        Map<Long, PeriodRecord> closes = new HashMap<>();
        Optional<PeriodRecord> last = Optional.empty();
        for (PeriodRecord record : records) {
            if (record.source().equals(source) && new Period(record.from(), record.to()).equals(period)) {
                closes.put(record.number(), record);
                last = Optional.of(record);
            }
        }
        return last.filter(record -> !record.closes())
                .map(record -> "it was closed as "
                        + record.reopens()
                                .map(closes::get)
                                .map(PeriodRecord::id)
                                .orElse("(unknown)")
                        + " and reopened on " + UtcMinute.of(record.at()) + " by " + record.by()
                        + record.reason().map(reason -> " (" + reason + ")").orElse(""));
    }

    /// Whether the API has other counts now.
    Optional<String> days(List<ApiDay> then, List<ApiDay> now) {
        List<String> before = texts(then, day -> day.day() + day.territory() + " " + day.trackId() + " " + day.count());
        List<String> after = texts(now, day -> day.day() + day.territory() + " " + day.trackId() + " " + day.count());
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(outdated(
                        "the API's counts",
                        then.stream().mapToLong(ApiDay::count).sum(),
                        now.stream().mapToLong(ApiDay::count).sum()));
    }

    /// Whether statements say something else now.
    Optional<String> rows(List<StatementRow> then, List<StatementRow> now) {
        return texts(then, CellFreshness::text).equals(texts(now, CellFreshness::text))
                ? Optional.empty()
                : Optional.of(outdated("the reports' rows", counted(then), counted(now)));
    }

    private static String text(StatementRow row) {
        return row.reportId() + " " + row.line() + " " + row.quantity() + " " + row.revenue() + " " + row.place();
    }

    private static long counted(List<StatementRow> rows) {
        return rows.stream()
                .filter(StatementRow::counted)
                .mapToLong(StatementRow::quantity)
                .sum();
    }

    private interface Text<T> {
        String of(T value);
    }

    private static <T> List<String> texts(List<T> values, Text<T> text) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(text.of(value)));
        return texts.stream().sorted().toList();
    }

    private String outdated(String what, long then, long now) {
        return "out of date: " + what + " have changed since it was reconciled (" + then + " then, " + now
                + " now); tactus reconcile --period " + period + " does it again";
    }
}
