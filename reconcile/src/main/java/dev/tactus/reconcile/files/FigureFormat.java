package dev.tactus.reconcile.files;

import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Figures as a page for people shows them.
final class FigureFormat {
    private FigureFormat() {}

    /// `1,234,567`
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace('-', '−');
    }

    /// `+1,234`, `−56`, `0`
    static String signed(long number) {
        return (number > 0 ? "+" : "") + count(number);
    }

    /// `1 row`, `2 rows`
    static String counted(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /// `12.3 %`; never 100 % or 0 % for what is only nearly that.
    static String percent(BigDecimal share) {
        BigDecimal percent = share.movePointRight(2);
        for (int decimals = 1; decimals <= 4; decimals++) {
            BigDecimal rounded = percent.setScale(decimals, RoundingMode.HALF_EVEN);
            boolean hides = (rounded.signum() == 0 && percent.signum() != 0)
                    || (rounded.compareTo(BigDecimal.valueOf(100)) == 0
                            && percent.compareTo(BigDecimal.valueOf(100)) != 0);
            if (!hides) {
                return plain(rounded) + "\u00a0%";
            }
        }
        return percent.signum() == 0
                ? "0\u00a0%"
                : percent.compareTo(BigDecimal.ONE) > 0 ? "99.9999\u00a0%" : "0.0001\u00a0%";
    }

    /// `12.3 %` of a whole; a dash where there is none.
    static String percent(long part, long whole) {
        return Findings.share(part, whole).map(FigureFormat::percent).orElse("–");
    }

    /// `+12.3 %` of a whole; nothing where there is none.
    static Optional<String> signedPercent(long part, long whole) {
        return Findings.share(part, whole).map(share -> (share.signum() > 0 ? "+" : "") + percent(share));
    }

    /// `1,234.56 EUR`
    static String money(Money money) {
        return amount(money) + "\u00a0" + money.currency();
    }

    /// `1,234.56`
    static String amount(Money money) {
        return String.format(Locale.ROOT, "%,.2f", money.amount().setScale(2, RoundingMode.HALF_EVEN))
                .replace('-', '−');
    }

    static String money(List<Money> amounts) {
        return amounts.stream().map(FigureFormat::money).collect(Collectors.joining(", "));
    }

    /// `October 2026`, `fourth quarter of 2026`, `1 October to 4 November 2026`
    static String named(Period period) {
        String label = period.label();
        if (label.matches("\\d{4}-\\d{2}")) {
            return period.from().getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                    + period.from().getYear();
        }
        return label.replace("..", " to ");
    }

    private static String plain(BigDecimal number) {
        String text = number.stripTrailingZeros().toPlainString();
        return text.replace('-', '−');
    }
}
