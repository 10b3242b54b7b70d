package dev.tactus.reports.rows;

import dev.tactus.reports.layout.TotalRule.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The totals that a report states of itself, compared with its rows: those that landed, and those that were rejected
/// for another reason than their amounts. A total in the middle may be that of the rows since the one before. Not
/// thread-safe.
public final class ControlTotals {
    private record ControlTotal(
            long line, Measure measure, BigDecimal stated, BigDecimal soFar, BigDecimal sinceLast) {}

    private final ImportStatistics landed;
    private final List<ControlTotal> totals = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    /// Of the rejected rows, whose numbers count here too.
    private BigDecimal rejectedQuantity = BigDecimal.ZERO;

    private BigDecimal rejectedAmount = BigDecimal.ZERO;
    private long rejectedUnreadable;
    private final Map<Measure, BigDecimal> last = new EnumMap<>(Measure.class);

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
        BigDecimal sinceLast = now.subtract(last.getOrDefault(measure, BigDecimal.ZERO));
        totals.add(new ControlTotal(line, measure, number, now, sinceLast));
        last.put(measure, now);
    }

    void unreadable(long line, String reason) {
        unreadable.add(place(line) + " states an unreadable total: " + reason);
    }

    /// The file says of itself, or shows, that something is missing.
    void incomplete(String how) {
        unreadable.add(how);
    }

    private BigDecimal actual(Measure measure) {
        return switch (measure) {
            case ROWS -> BigDecimal.valueOf(landed.landed() + landed.rejected());
            case QUANTITY -> new BigDecimal(landed.quantity()).add(rejectedQuantity);
            case NET_REVENUE -> landed.amount().add(rejectedAmount);
        };
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
                    && !same(total, total.sinceLast())
                    && !isOfOneCurrency(total)) {
                differences.add(
                        place(total.line()) + " states a " + total.measure().words() + " of "
                                + total.stated().toPlainString() + ", but the rows add up to " + plain(all));
            }
        }
        return differences;
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
