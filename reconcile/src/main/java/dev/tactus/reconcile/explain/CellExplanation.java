package dev.tactus.reconcile.explain;

import dev.tactus.reconcile.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One payable cell, and what it is made of.
///
/// @param closeId the close that it is read from; empty where the period is open
/// @param reopened how it was closed before and opened again; empty where it was not, or is closed
/// @param apiCount what the API counted; empty where it counted nothing
/// @param reportCount what reports counted; empty where none did
/// @param revenues what reports' counted rows earned, by currency; `XXX` where a row names none
/// @param explanation the reason in a sentence
/// @param days what the API said, by day, territory and track
/// @param rows the lines of statements that overlap the period
/// @param notes what a reader has to know besides, such as that something has changed since
public record CellExplanation(
        String source,
        String period,
        String isrc,
        String title,
        String territory,
        String usage,
        Optional<String> closeId,
        Optional<String> reopened,
        Optional<Long> apiCount,
        Optional<Long> reportCount,
        List<Money> revenues,
        long payableCount,
        String basis,
        String finality,
        String status,
        String explanation,
        List<ApiDay> days,
        List<StatementRow> rows,
        List<String> notes) {
    public CellExplanation {
        revenues = List.copyOf(revenues);
        days = List.copyOf(days);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /// A day's count of one track, and the answer that it came in.
    ///
    /// @param request path and query as sent; empty where the payload is no longer in the lake
    public record ApiDay(
            LocalDate day,
            String territory,
            String trackId,
            long count,
            String runId,
            String payloadSha256,
            Instant fetchedAt,
            Optional<String> endpoint,
            Optional<String> request) {}

    /// A row of a sales report.
    ///
    /// @param file as it was delivered; empty where the ledger does not know the report
    /// @param fileSha256 of its content
    /// @param place `counted`, or why it is left out
    /// @param raw as it stood there; empty where it was let go
    public record StatementRow(
            String reportId,
            Optional<String> file,
            Optional<String> fileSha256,
            long line,
            String service,
            LocalDate from,
            LocalDate to,
            long quantity,
            Optional<String> currency,
            Optional<BigDecimal> revenue,
            String place,
            Optional<String> raw) {
        public boolean counted() {
            return place.equals("counted");
        }

        /// The same, not counted.
        StatementRow leftOut(String why) {
            return new StatementRow(
                    reportId, file, fileSha256, line, service, from, to, quantity, currency, revenue, why, raw);
        }
    }

    /// Whether what it is made of comes to what it says, plays and money.
    public boolean addsUp() {
        return days.stream().mapToLong(ApiDay::count).sum() == apiCount.orElse(0L)
                && rows.stream()
                                .filter(StatementRow::counted)
                                .mapToLong(StatementRow::quantity)
                                .sum()
                        == reportCount.orElse(0L)
                && earned().equals(said());
    }

    private Map<String, BigDecimal> earned() {
        Map<String, BigDecimal> sums = new HashMap<>();
        rows.stream()
                .filter(StatementRow::counted)
                .forEach(row -> row.revenue()
                        .ifPresent(amount -> add(sums, row.currency().orElse("XXX"), amount)));
        return sums;
    }

    private Map<String, BigDecimal> said() {
        Map<String, BigDecimal> sums = new HashMap<>();
        revenues.forEach(money -> add(sums, money.currency(), money.amount()));
        return sums;
    }

    /// Written alike where they are the same number; nothing is no money in any currency.
    private static void add(Map<String, BigDecimal> sums, String currency, BigDecimal amount) {
        BigDecimal sum =
                sums.getOrDefault(currency, BigDecimal.ZERO).add(amount).stripTrailingZeros();
        if (sum.signum() == 0) {
            sums.remove(currency);
        } else {
            sums.put(currency, sum);
        }
    }
}
