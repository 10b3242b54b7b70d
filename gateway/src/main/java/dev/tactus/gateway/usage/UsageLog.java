package dev.tactus.gateway.usage;

import dev.tactus.database.Database;
import dev.tactus.database.Row;
import dev.tactus.database.SqlSession;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Usage on disk: a row for each application and minute with any request.
///
/// Minutes are kept for [#MINUTES_KEPT], then summed up to hours, which are kept for [#HOURS_KEPT] together with the
/// days that violations are judged by.
public final class UsageLog {
    static final Duration MINUTES_KEPT = Duration.ofDays(31);
    static final Duration HOURS_KEPT = Duration.ofDays(400);
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;

    private final Database database;

    public UsageLog(Database database) {
        this.database = database;
    }

    /// Adds to what is there, all or nothing.
    public void add(List<MinuteUsage> counted) {
        database.writing(statements -> counted.forEach(each -> add(statements, each)));
    }

    private static void add(SqlSession statements, MinuteUsage counted) {
        statements.update(
                """
                INSERT INTO usage (application, length, minute, admitted, refused, turned_away)
                VALUES (?, 1, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET admitted = admitted + excluded.admitted,
                  refused = refused + excluded.refused, turned_away = turned_away + excluded.turned_away
                """,
                counted.application(),
                counted.minute(),
                counted.admitted(),
                counted.refused(),
                counted.turnedAway());
        statements.update("""
            INSERT INTO day (application, day, admitted, refused) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET admitted = admitted + excluded.admitted, refused = refused + excluded.refused
            """, counted.application(), day(counted.minute()), counted.admitted(), counted.refused());
        for (LimitCounts limit : counted.limits()) {
            statements.update(
                    """
                    INSERT INTO limit_usage
                      (application, length, minute, name, permits, window_ms, charged, most_charged, refused, shadowed)
                    VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET permits = excluded.permits, window_ms = excluded.window_ms,
                      charged = charged + excluded.charged, most_charged = charged + excluded.charged,
                      refused = refused + excluded.refused, shadowed = shadowed + excluded.shadowed
                    """,
                    counted.application(),
                    counted.minute(),
                    limit.limit().name(),
                    limit.limit().limit().permits(),
                    limit.limit().limit().window().toMillis(),
                    limit.charged(),
                    limit.charged(),
                    limit.refused(),
                    limit.shadowed());
        }
    }

    private static LocalDate day(long minute) {
        return LocalDate.ofEpochDay(Math.floorDiv(minute, DAY));
    }

    /// The usage of one application, or of all, in periods of so many minutes, the earliest first. Where only hours are
    /// kept, shorter periods hold the whole hour.
    ///
    /// @param most rows of applications and periods; beyond it nothing is read
    /// @return empty when there would be more
    public Optional<List<UsageRow>> read(Optional<String> application, Instant from, Instant to, int period, int most) {
        long first = minute(from);
        long end = minute(to.plusNanos(TimeUnit.MINUTES.toNanos(1) - 1));
        String whose = application.orElse(null);
        return database.read(statements -> {
            List<UsageRow.Totals> totals = statements.list("""
                SELECT application, minute / ?1 * ?1 AS start, sum(admitted) AS admitted, sum(refused) AS refused,
                  sum(turned_away) AS turned_away
                FROM usage WHERE (?2 IS NULL OR application = ?2) AND minute >= ?3 AND minute < ?4
                GROUP BY application, start ORDER BY start, application LIMIT ?5
                """, UsageLog::totals, period, whose, first, end, most + 1);
            if (totals.size() > most) {
                return Optional.empty();
            }
            Map<UsageRow.Key, List<UsageRow.OfLimit>> limits =
                    statements.list("""
                        SELECT application, minute / ?1 * ?1 AS start, name, permits, window_ms,
                          sum(charged) AS charged, max(most_charged) AS most_charged, sum(refused) AS refused,
                          sum(shadowed) AS shadowed, max(minute) AS latest
                        FROM limit_usage WHERE (?2 IS NULL OR application = ?2) AND minute >= ?3 AND minute < ?4
                        GROUP BY application, start, name ORDER BY start, application, name
                        """, row -> limit(row, period), period, whose, first, end).stream()
                            .collect(Collectors.groupingBy(UsageRow.OfLimit::key));
            List<UsageRow> rows = new ArrayList<>();
            for (UsageRow.Totals total : totals) {
                rows.add(new UsageRow(total, period, limits.getOrDefault(total.key(), List.of())));
            }
            return Optional.of(rows);
        });
    }

    private static UsageRow.Totals totals(Row row) {
        return new UsageRow.Totals(
                new UsageRow.Key(row.text("application"), row.number("start")),
                row.number("admitted"),
                row.number("refused"),
                row.number("turned_away"));
    }

    private static UsageRow.OfLimit limit(Row row, int period) {
        return new UsageRow.OfLimit(
                new UsageRow.Key(row.text("application"), row.number("start")),
                row.text("name"),
                row.integer("permits"),
                Duration.ofMillis(row.number("window_ms")),
                period,
                row.number("charged"),
                row.number("most_charged"),
                row.number("refused"),
                row.number("shadowed"));
    }

    /// Sums minutes up that are old enough, and drops what is kept no longer: a day's worth in each transaction.
    public void roll(Instant now) {
        long hoursBefore = minute(now.minus(MINUTES_KEPT)) / HOUR * HOUR;
        Optional<Long> oldest = oldestMinute();
        while (oldest.isPresent() && oldest.get() < hoursBefore) {
            long end = Math.min(oldest.get() / DAY * DAY + DAY, hoursBefore);
            database.writing(statements -> sumUp(statements, end));
            oldest = oldestMinute();
        }
        long gone = minute(now.minus(HOURS_KEPT));
        database.writing(statements -> {
            statements.update("DELETE FROM usage WHERE length = 60 AND minute < ?", gone);
            statements.update("DELETE FROM limit_usage WHERE length = 60 AND minute < ?", gone);
            statements.update("DELETE FROM day WHERE day < ?", day(gone));
        });
    }

    private Optional<Long> oldestMinute() {
        return database.read(statements -> statements.first(
                "SELECT minute FROM usage WHERE length = 1 ORDER BY minute LIMIT 1", row -> row.number("minute")));
    }

    private static void sumUp(SqlSession statements, long before) {
        statements.update("""
            INSERT INTO usage (application, length, minute, admitted, refused, turned_away)
            SELECT application, 60, minute / 60 * 60 AS hour, sum(admitted), sum(refused), sum(turned_away)
            FROM usage WHERE length = 1 AND minute < ? GROUP BY application, hour
            ON CONFLICT DO UPDATE SET admitted = admitted + excluded.admitted,
              refused = refused + excluded.refused, turned_away = turned_away + excluded.turned_away
            """, before);
        statements.update("""
            INSERT INTO limit_usage
              (application, length, minute, name, permits, window_ms, charged, most_charged, refused, shadowed)
            SELECT application, 60, minute / 60 * 60 AS hour, name, max(permits), max(window_ms), sum(charged),
              max(most_charged), sum(refused), sum(shadowed)
            FROM limit_usage WHERE length = 1 AND minute < ? GROUP BY application, hour, name
            ON CONFLICT DO UPDATE SET charged = charged + excluded.charged,
              most_charged = max(most_charged, excluded.most_charged), refused = refused + excluded.refused,
              shadowed = shadowed + excluded.shadowed
            """, before);
        statements.update("DELETE FROM usage WHERE length = 1 AND minute < ?", before);
        statements.update("DELETE FROM limit_usage WHERE length = 1 AND minute < ?", before);
    }

    private static long minute(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 60L);
    }

    /// The day that an instant lies in.
    public static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
