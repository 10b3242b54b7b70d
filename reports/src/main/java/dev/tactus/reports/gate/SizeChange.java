package dev.tactus.reports.gate;

import dev.tactus.lake.sales.SalesSize;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// A delivery beside the one whose place it takes.
public record SizeChange(SalesSize before, SalesSize after) {
    /// Old and new side by side, such as `rows 100 → 55, units 1000 → 550, 500 → 275 USD`.
    public String words() {
        List<String> words = new ArrayList<>();
        words.add("rows " + before.rows() + " → " + after.rows());
        words.add("units " + before.units() + " → " + after.units());
        for (String currency : currencies()) {
            words.add(plain(money(before, currency)) + " → " + plain(money(after, currency)) + " " + currency);
        }
        return String.join(", ", words);
    }

    /// Of either.
    public List<String> currencies() {
        TreeSet<String> all = new TreeSet<>(before.money().keySet());
        all.addAll(after.money().keySet());
        return List.copyOf(all);
    }

    /// What of it is less than before by more than this share, or has another sign.
    List<String> falls(BigDecimal share) {
        List<String> falls = new ArrayList<>();
        if (isFall(BigDecimal.valueOf(before.rows()), BigDecimal.valueOf(after.rows()), share)) {
            falls.add("rows");
        }
        if (isFall(new BigDecimal(before.units()), new BigDecimal(after.units()), share)) {
            falls.add("units");
        }
        for (String currency : currencies()) {
            if (isFall(money(before, currency), money(after, currency), share)) {
                falls.add("money in " + currency);
            }
        }
        return falls;
    }

    private static boolean isFall(BigDecimal old, BigDecimal now, BigDecimal share) {
        if (old.signum() == 0) {
            return now.signum() < 0;
        }
        BigDecimal allowed = old.abs().multiply(share);
        boolean smaller = old.abs().subtract(now.abs()).compareTo(allowed) > 0;
        boolean lower = old.subtract(now).compareTo(allowed) > 0;
        return old.signum() * now.signum() < 0 || smaller || lower;
    }

    private static BigDecimal money(SalesSize size, String currency) {
        return size.money().getOrDefault(currency, BigDecimal.ZERO);
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
