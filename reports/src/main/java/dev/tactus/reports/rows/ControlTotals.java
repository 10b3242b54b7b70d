package dev.tactus.reports.rows;

import dev.tactus.reports.layout.TotalRule.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The totals that a report states of itself, compared with its rows: those that landed, and those that were rejected
/// for another reason than their amounts. A total in the middle may be that of the rows since one before it, or until
/// one after it. Not thread-safe.
public final class ControlTotals {
    private record ControlTotal(long line, Measure measure, BigDecimal stated, BigDecimal soFar, int place) {}

    /// So many totals before and after one may be where its rows begin or end.
    private static final int NEAR = 1_000;

    private final ImportStatistics landed;
    private final List<ControlTotal> totals = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    /// Of the rejected rows, whose numbers count here too.
    private BigDecimal rejectedQuantity = BigDecimal.ZERO;

    private BigDecimal rejectedAmount = BigDecimal.ZERO;
    private long rejectedUnreadable;

    ControlTotals(ImportStatistics landed) {
        this.landed = landed;
    }

    void rejected(BigDecimal quantity, BigDecimal amount) {
        rejectedQuantity = rejectedQuantity.add(quantity);
        rejectedAmount = rejectedAmount.add(amount);
    }

    void rejectedUnreadable() {
        rejectedUnreadable++;
    }

    /// A total was read.
    ///
    /// @param line it stands on; 0 for the preamble
    void stated(long line, Measure measure, BigDecimal number) {
        BigDecimal now = actual(measure);
        totals.add(new ControlTotal(line, measure, number, now, totals.size()));
    }

    void unreadable(long line, String reason) {
        unreadable.add(place(line) + " states an unreadable total: " + reason);
    }

    private BigDecimal actual(Measure measure) {
        return switch (measure) {
            case ROWS -> BigDecimal.valueOf(landed.landed() + landed.rejected());
            case QUANTITY -> new BigDecimal(landed.quantity()).add(rejectedQuantity);
            case NET_REVENUE -> landed.amount().add(rejectedAmount);
        };
    }

    /// Whether a number is the sum of the rows so far, or of those since a total before.
    boolean isSumSoFar(Measure measure, BigDecimal number) {
        BigDecimal now = actual(measure);
        ControlTotal total = new ControlTotal(0, measure, number, now, totals.size());
        return same(total, now)
                || totals.stream()
                        .skip(Math.max(0, totals.size() - NEAR))
                        .anyMatch(other -> other.measure() == measure && same(total, now.subtract(other.soFar())));
    }

    /// How many totals were compared.
    public int compared() {
        return totals.size();
    }

    /// Where totals and rows differ, one line each.
    public List<String> differences() {
        List<String> differences = new ArrayList<>(unreadable);
        for (ControlTotal total : totals) {
            BigDecimal all = actual(total.measure());
            BigDecimal deducted = landed.deductions().sumOfRows();
            if (!same(total, all)
                    && !(total.measure() == Measure.NET_REVENUE && same(total, all.add(deducted)))
                    && !same(total, total.soFar())
                    && !isOfSomeRows(total, all)
                    && !isOfOneCurrency(total)) {
                differences.add(
                        place(total.line()) + " states a " + total.measure().words() + " of "
                                + total.stated().toPlainString() + ", but the rows add up to " + plain(all));
            }
        }
        return differences;
    }

    /// Whether it is that of the rows between two totals, itself among them: parts may have parts.
    private boolean isOfSomeRows(ControlTotal total, BigDecimal all) {
        int from = Math.max(0, total.place() - NEAR);
        int to = Math.min(totals.size(), total.place() + NEAR);
        return same(total, all.subtract(total.soFar()))
                || totals.subList(from, to).stream()
                        .filter(other -> other.measure() == total.measure())
                        .anyMatch(other -> same(
                                total,
                                other.place() < total.place()
                                        ? total.soFar().subtract(other.soFar())
                                        : other.soFar().subtract(total.soFar())));
    }

    private boolean isOfOneCurrency(ControlTotal total) {
        return total.measure() == Measure.NET_REVENUE
                && landed.amounts().stream().anyMatch(amount -> same(total, amount));
    }

    private static String place(long line) {
        return line == 0 ? "the preamble" : "line " + line;
    }

    /// Why a difference may be no fault of the file's; absent where there is no excuse.
    public Optional<String> excuse() {
        return rejectedUnreadable == 0
                ? Optional.empty()
                : Optional.of(rejectedUnreadable + " rejected rows have unreadable numbers");
    }

    /// Money is often rounded to cents: the last digit stated counts.
    private static boolean same(ControlTotal total, BigDecimal actual) {
        BigDecimal difference = actual.subtract(total.stated()).abs();
        BigDecimal unit =
                BigDecimal.ONE.movePointLeft(Math.max(0, total.stated().scale()));
        return difference.signum() == 0 || (total.measure() == Measure.NET_REVENUE && difference.compareTo(unit) < 0);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
