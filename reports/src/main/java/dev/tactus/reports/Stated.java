package dev.tactus.reports;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The totals that a report states of itself, compared with its rows: those that landed, and those that were rejected
/// for another reason than their amounts. A total in the middle may be that of the rows since the one before. Not
/// thread-safe.
final class Stated {
    private enum What {
        ROWS("rows"),
        QUANTITY("quantity"),
        NET_REVENUE("net revenue");

        private final String words;

        What(String words) {
            this.words = words;
        }
    }

    private record Total(long line, What what, BigDecimal stated, BigDecimal soFar, BigDecimal sinceLast) {}

    private final List<Total> totals = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    /// Of the rejected rows, whose numbers count here too.
    private BigDecimal rejectedQuantity = BigDecimal.ZERO;

    private BigDecimal rejectedAmount = BigDecimal.ZERO;
    private long rejectedUnreadable;
    private final Map<What, BigDecimal> last = new EnumMap<>(What.class);

    void rejected(BigDecimal quantity, BigDecimal amount) {
        rejectedQuantity = rejectedQuantity.add(quantity);
        rejectedAmount = rejectedAmount.add(amount);
    }

    void rejectedUnreadable() {
        rejectedUnreadable++;
    }

    void rows(long line, BigDecimal stated, Account soFar) {
        add(line, What.ROWS, stated, soFar);
    }

    void quantity(long line, BigDecimal stated, Account soFar) {
        add(line, What.QUANTITY, stated, soFar);
    }

    void netRevenue(long line, BigDecimal stated, Account soFar) {
        add(line, What.NET_REVENUE, stated, soFar);
    }

    void unreadable(long line, String reason) {
        unreadable.add("line " + line + " states a total that can't be read: " + reason);
    }

    /// The file says of itself, or shows, that something is missing.
    void incomplete(String how) {
        unreadable.add(how);
    }

    private void add(long line, What what, BigDecimal stated, Account account) {
        BigDecimal now = actual(what, account);
        totals.add(new Total(line, what, stated, now, now.subtract(last.getOrDefault(what, BigDecimal.ZERO))));
        last.put(what, now);
    }

    private BigDecimal actual(What what, Account account) {
        return switch (what) {
            case ROWS -> BigDecimal.valueOf(account.landed() + account.rejected());
            case QUANTITY -> new BigDecimal(account.quantity()).add(rejectedQuantity);
            case NET_REVENUE -> account.amount().add(rejectedAmount);
        };
    }

    /// How many totals were compared.
    int compared() {
        return totals.size();
    }

    /// Where totals and rows differ, one line each.
    List<String> differences(Account account) {
        List<String> differences = new ArrayList<>(unreadable);
        for (Total total : totals) {
            BigDecimal all = actual(total.what(), account);
            boolean fits = same(total, all) || same(total, total.soFar()) || same(total, total.sinceLast());
            if (!fits) {
                differences.add((total.line() == 0 ? "its preamble" : "line " + total.line()) + " states a "
                        + (total.what() == What.ROWS ? "number of rows" : "total " + total.what().words) + " of "
                        + total.stated().toPlainString() + ", the rows come to " + plain(all));
            }
        }
        return differences;
    }

    /// Why a difference may be no fault of the file's; absent where there is no excuse.
    Optional<String> excuse() {
        return rejectedUnreadable == 0
                ? Optional.empty()
                : Optional.of(rejectedUnreadable + " rejected rows have numbers that can't be read");
    }

    /// Totals are often rounded to cents: the last digit stated counts.
    private static boolean same(Total total, BigDecimal actual) {
        BigDecimal unit =
                BigDecimal.ONE.movePointLeft(Math.max(0, total.stated().scale()));
        return actual.subtract(total.stated())
                                .abs()
                                .compareTo(total.what() == What.NET_REVENUE ? unit : BigDecimal.ZERO)
                        < 0
                || actual.compareTo(total.stated()) == 0;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
