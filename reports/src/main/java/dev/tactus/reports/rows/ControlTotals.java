package dev.tactus.reports.rows;

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
    private enum Measure {
        ROWS("rows"),
        QUANTITY("quantity"),
        NET_REVENUE("net revenue");

        private final String words;

        Measure(String words) {
            this.words = words;
        }
    }

    private record ControlTotal(long line, Measure what, BigDecimal stated, BigDecimal soFar, BigDecimal sinceLast) {}

    private final List<ControlTotal> totals = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    /// Of the rejected rows, whose numbers count here too.
    private BigDecimal rejectedQuantity = BigDecimal.ZERO;

    private BigDecimal rejectedAmount = BigDecimal.ZERO;
    private long rejectedUnreadable;
    private final Map<Measure, BigDecimal> last = new EnumMap<>(Measure.class);

    void rejected(BigDecimal quantity, BigDecimal amount) {
        rejectedQuantity = rejectedQuantity.add(quantity);
        rejectedAmount = rejectedAmount.add(amount);
    }

    void rejectedUnreadable() {
        rejectedUnreadable++;
    }

    void rows(long line, BigDecimal stated, ImportStatistics soFar) {
        add(line, Measure.ROWS, stated, soFar);
    }

    void quantity(long line, BigDecimal stated, ImportStatistics soFar) {
        add(line, Measure.QUANTITY, stated, soFar);
    }

    void netRevenue(long line, BigDecimal stated, ImportStatistics soFar) {
        add(line, Measure.NET_REVENUE, stated, soFar);
    }

    void unreadable(long line, String reason) {
        unreadable.add("line " + line + " states a total that can't be read: " + reason);
    }

    /// The file says of itself, or shows, that something is missing.
    void incomplete(String how) {
        unreadable.add(how);
    }

    private void add(long line, Measure what, BigDecimal stated, ImportStatistics account) {
        BigDecimal now = actual(what, account);
        totals.add(new ControlTotal(line, what, stated, now, now.subtract(last.getOrDefault(what, BigDecimal.ZERO))));
        last.put(what, now);
    }

    private BigDecimal actual(Measure what, ImportStatistics account) {
        return switch (what) {
            case ROWS -> BigDecimal.valueOf(account.landed() + account.rejected());
            case QUANTITY -> new BigDecimal(account.quantity()).add(rejectedQuantity);
            case NET_REVENUE -> account.amount().add(rejectedAmount);
        };
    }

    /// How many totals were compared.
    public int compared() {
        return totals.size();
    }

    /// Where totals and rows differ, one line each.
    public List<String> differences(ImportStatistics account) {
        List<String> differences = new ArrayList<>(unreadable);
        for (ControlTotal total : totals) {
            BigDecimal all = actual(total.what(), account);
            boolean fits = same(total, all) || same(total, total.soFar()) || same(total, total.sinceLast());
            if (!fits) {
                differences.add((total.line() == 0 ? "its preamble" : "line " + total.line()) + " states a "
                        + (total.what() == Measure.ROWS ? "number of rows" : "total " + total.what().words) + " of "
                        + total.stated().toPlainString() + ", the rows come to " + plain(all));
            }
        }
        return differences;
    }

    /// Why a difference may be no fault of the file's; absent where there is no excuse.
    public Optional<String> excuse() {
        return rejectedUnreadable == 0
                ? Optional.empty()
                : Optional.of(rejectedUnreadable + " rejected rows have numbers that can't be read");
    }

    /// Totals are often rounded to cents: the last digit stated counts.
    private static boolean same(ControlTotal total, BigDecimal actual) {
        BigDecimal unit =
                BigDecimal.ONE.movePointLeft(Math.max(0, total.stated().scale()));
        return actual.subtract(total.stated())
                                .abs()
                                .compareTo(total.what() == Measure.NET_REVENUE ? unit : BigDecimal.ZERO)
                        < 0
                || actual.compareTo(total.stated()) == 0;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
