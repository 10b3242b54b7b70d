package dev.tactus.reports.rows;

import dev.tactus.reports.layout.TotalRule.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

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
        return differences(List.of(this)).getFirst();
    }

    /// The same of several parts of one file, such as the sheets of a spreadsheet: a total may be that of some that
    /// follow one another, the one in which it stands among them.
    ///
    /// @return of each part, in their order
    public static List<List<String>> differences(List<ControlTotals> parts) {
        List<List<String>> differences = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            ControlTotals its = parts.get(part);
            List<String> own = new ArrayList<>(its.unreadable);
            for (ControlTotal total : its.totals) {
                if (!its.explains(total) && !isOfParts(total, parts, part)) {
                    own.add(place(total.line()) + " states a "
                            + total.measure().words() + " of " + total.stated().toPlainString()
                            + ", but the rows add up to " + plain(its.actual(total.measure()))
                            + excuse(parts)
                            + (parts.size() == 1
                                    ? ""
                                    : ", and those of the whole file to " + plain(all(total, parts))));
                }
            }
            differences.add(own);
        }
        return differences;
    }

    private boolean explains(ControlTotal total) {
        BigDecimal all = actual(total.measure());
        return same(total, all)
                || (total.measure() == Measure.NET_REVENUE
                        && same(total, all.add(landed.deductions().sumOfRows())))
                || same(total, total.soFar())
                || isOfSomeRows(total, all)
                || isOfOneCurrency(total);
    }

    /// Whether it is the sum of parts that end with its own, up to it or whole, or of parts that begin with its own or
    /// go on after it.
    private static boolean isOfParts(ControlTotal total, List<ControlTotals> parts, int own) {
        BigDecimal before = BigDecimal.ZERO;
        BigDecimal taken = BigDecimal.ZERO;
        for (int first = own; first >= 0; first--) {
            if (first < own) {
                before = before.add(parts.get(first).actual(total.measure()));
                taken = taken.add(parts.get(first).taken(total.measure()));
            }
            BigDecimal soFar = before.add(total.soFar());
            BigDecimal sum = before;
            BigDecimal off = taken;
            for (int last = own; last < parts.size(); last++) {
                sum = sum.add(parts.get(last).actual(total.measure()));
                off = off.add(parts.get(last).taken(total.measure()));
                if (same(total, sum) || same(total, sum.add(off)) || (last == own && same(total, soFar))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static BigDecimal all(ControlTotal total, List<ControlTotals> parts) {
        return parts.stream().map(one -> one.actual(total.measure())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// What rows take off that are nothing else.
    private BigDecimal taken(Measure measure) {
        return measure == Measure.NET_REVENUE ? landed.deductions().sumOfRows() : BigDecimal.ZERO;
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

    /// Why a difference may be no fault of the file's.
    private static String excuse(List<ControlTotals> parts) {
        long unread = parts.stream().mapToLong(one -> one.rejectedUnreadable).sum();
        return unread == 0
                ? ""
                : " (rejected rows whose numbers can't be read, which may be the difference: " + unread + ")";
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
