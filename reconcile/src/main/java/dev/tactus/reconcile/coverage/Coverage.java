package dev.tactus.reconcile.coverage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// How much of a source's period has a source at all: the API's answer, or a report.
///
/// It is counted in recordings × days of the catalog. A territory that failed makes its recording's day a gap until a
/// report covers that territory. Where the API was not recordingDays but a statement of the service spans the day, a
/// recording that the statement does not name has no usage, unless it counted in the period before.
///
/// @param recordingDays all recordings × days
/// @param byApi those that the API answered in full, or has no such recording to answer for
/// @param byReport those that a report's rows cover where the API did not
/// @param bySilence those that a statement spans and does not name
/// @param without those that nobody tells of, in whole or for a territory
/// @param days the same day by day, in order
/// @param gaps the largest, by what they counted last, then by recording; at most [#LISTED]
/// @param gapCount how many there are
/// @param lastTotal what the source counted in the period before
/// @param lastWithout of that, what has no source now
/// @param byReason gap days by reason
public record Coverage(
        long recordingDays,
        long byApi,
        long byReport,
        long bySilence,
        long without,
        List<Day> days,
        List<CoverageGap> gaps,
        long gapCount,
        long lastTotal,
        long lastWithout,
        Map<CoverageGap.Reason, Long> byReason) {
    /// So many gaps are listed; the first decide.
    public static final int LISTED = 1_000;

    /// Where there is nothing to cover.
    public static Coverage none() {
        return new Coverage(0, 0, 0, 0, 0, List.of(), List.of(), 0, 0, 0, Map.of());
    }

    /// One day.
    public record Day(LocalDate day, long byApi, long byReport, long bySilence, long without) {}

    /// Without copies that could change.
    public Coverage {
        days = List.copyOf(days);
        gaps = List.copyOf(gaps);
        byReason = Map.copyOf(byReason);
    }

    /// The share without a source: of what counted in the period before, or, where nothing did, of recordings × days.
    public BigDecimal uncovered() {
        return lastTotal > 0 ? share(lastWithout, lastTotal) : share(without, recordingDays);
    }

    /// The share of recordings × days that has a source.
    public BigDecimal covered() {
        return recordingDays == 0 ? BigDecimal.ONE : BigDecimal.ONE.subtract(share(without, recordingDays));
    }

    private static BigDecimal share(long part, long whole) {
        return whole == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL64);
    }
}
