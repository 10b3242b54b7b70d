package dev.tactus.console.periods;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.TextTable;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.coverage.CoverageGap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How much of a period is covered by data, in words.
final class CoverageView {
    private static final int SHOWN = 10;

    private CoverageView() {}

    static List<String> lines(Coverage coverage) {
        List<String> lines = new ArrayList<>();
        if (coverage.recordingDays() == 0) {
            return lines;
        }
        lines.add("Of " + HumanFormat.count(coverage.recordingDays()) + " recordings × days, " + covered(coverage)
                + " have data:");
        part(lines, coverage.byApi(), "from the API");
        part(lines, coverage.byReport(), "from report rows");
        part(lines, coverage.bySilence(), "from statements that span the day and name no usage");
        part(lines, coverage.without(), "without data");
        if (coverage.gaps().isEmpty()) {
            return lines;
        }
        TextTable table = new TextTable(
                "NO DATA", "TITLE", "TERRITORY", "DAYS", "FROM", "TO", "LAST COUNT", "LAST REVENUE", "REASON");
        coverage.gaps().stream()
                .limit(SHOWN)
                .forEach(gap -> table.row(
                        gap.isrc(),
                        gap.title().orElse(""),
                        gap.territory().equals("*") ? "all" : gap.territory(),
                        HumanFormat.count(gap.days()),
                        gap.first(),
                        gap.last(),
                        HumanFormat.count(gap.lastCount()),
                        earned(gap),
                        gap.reason().label().replace('_', ' ')));
        lines.addAll(table.lines());
        if (coverage.gapCount() > SHOWN) {
            lines.add("and " + HumanFormat.count(coverage.gapCount() - SHOWN) + " more; --json lists all");
        }
        coverage.byReason().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(why -> part(lines, why.getValue(), why.getKey().words()));
        return lines;
    }

    private static void part(List<String> lines, long count, String what) {
        lines.add(String.format("%12s  %s", HumanFormat.count(count), what));
    }

    /// Never 100 % where a day lacks.
    static String covered(Coverage coverage) {
        return coverage.without() > 0
                ? percent(coverage.covered().setScale(4, RoundingMode.FLOOR))
                : percent(coverage.covered());
    }

    private static String earned(CoverageGap gap) {
        return gap.lastRevenues().stream().map(CoverageView::money).collect(Collectors.joining(", "));
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
