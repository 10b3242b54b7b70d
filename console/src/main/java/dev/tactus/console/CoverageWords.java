package dev.tactus.console;

import dev.tactus.reconcile.Coverage;
import dev.tactus.reconcile.Gap;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.Told;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How much of a period has a source, in words and as JSON.
final class CoverageWords {
    private static final int SHOWN = 10;

    private CoverageWords() {}

    static List<String> lines(Coverage coverage) {
        List<String> lines = new ArrayList<>();
        if (coverage.asked() == 0) {
            return lines;
        }
        lines.add(
                "Of " + Words.count(coverage.asked()) + " recordings × days " + covered(coverage) + " have a source:");
        part(lines, coverage.byApi(), "the API's answer");
        part(lines, coverage.byReport(), "a report's row");
        part(lines, coverage.bySilence(), "a statement that spans the day and names no usage");
        part(lines, coverage.without(), "none");
        if (coverage.gaps().isEmpty()) {
            return lines;
        }
        Table table = new Table(
                "NO SOURCE", "TITLE", "TERRITORY", "DAYS", "FROM", "TO", "COUNTED LAST", "EARNED LAST", "WHY");
        coverage.gaps().stream()
                .limit(SHOWN)
                .forEach(gap -> table.row(
                        gap.isrc(),
                        gap.title().orElse(""),
                        gap.territory().equals("*") ? "all" : gap.territory(),
                        Words.count(gap.days()),
                        gap.first(),
                        gap.last(),
                        Words.count(gap.lastCount()),
                        earned(gap),
                        gap.reason().label().replace('_', ' ')));
        lines.addAll(table.lines());
        if (coverage.gapCount() > SHOWN) {
            lines.add("and " + Words.count(coverage.gapCount() - SHOWN) + " more, all with --json");
        }
        coverage.byReason().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(why -> part(lines, why.getValue(), why.getKey().words()));
        return lines;
    }

    private static void part(List<String> lines, long count, String what) {
        lines.add(String.format("%12s  %s", Words.count(count), what));
    }

    /// Never 100 % where a day lacks.
    static String covered(Coverage coverage) {
        return coverage.without() > 0
                ? percent(coverage.covered().setScale(4, RoundingMode.FLOOR))
                : percent(coverage.covered());
    }

    static Map<String, Object> fields(Coverage coverage) {
        return Told.coverage(coverage);
    }

    private static String earned(Gap gap) {
        return gap.lastRevenues().stream().map(CoverageWords::money).collect(Collectors.joining(", "));
    }

    static String money(Money money) {
        BigDecimal amount =
                money.amount().scale() > 2 ? money.amount().setScale(2, RoundingMode.HALF_EVEN) : money.amount();
        return amount.toPlainString() + " " + money.currency();
    }

    /// `133,098.157086 USD`: every decimal it has.
    static String exact(Money money) {
        BigDecimal amount = money.amount();
        return String.format(Locale.ROOT, "%,." + Math.max(0, amount.scale()) + "f", amount) + " " + money.currency();
    }

    static String percent(BigDecimal share) {
        return share.movePointRight(2)
                        .setScale(2, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
