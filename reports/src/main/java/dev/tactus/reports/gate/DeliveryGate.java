package dev.tactus.reports.gate;

import dev.tactus.lake.sales.SalesBatch;
import dev.tactus.lake.sales.SalesSize;
import dev.tactus.music.identifiers.MessageText;
import dev.tactus.reports.ReportField;
import dev.tactus.reports.convention.DayDoubt;
import dev.tactus.reports.sums.RejectedMoney;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Whether a delivery may become visible as it is, or a person has to accept it first.
public final class DeliveryGate {
    private static final int SHARE_DIGITS = 6;

    /// What the gate has found.
    ///
    /// @param objections what a person has to accept; nothing may become visible before
    /// @param warnings what is unusual
    /// @param change against what it replaces
    public record GateFinding(List<String> objections, List<String> warnings, Optional<SizeChange> change) {
        public GateFinding {
            objections = List.copyOf(objections);
            warnings = List.copyOf(warnings);
        }

        /// The same, and what else was found.
        ///
        /// @param other what changes, where nothing is replaced
        public GateFinding and(List<String> moreObjections, List<String> moreWarnings, Optional<SizeChange> other) {
            return new GateFinding(
                    Stream.concat(objections.stream(), moreObjections.stream()).toList(),
                    Stream.concat(warnings.stream(), moreWarnings.stream()).toList(),
                    change.or(() -> other));
        }
    }

    private final GateRules rules;
    private final DeliveryHistory history;

    public DeliveryGate(GateRules rules, DeliveryHistory history) {
        this.rules = rules;
        this.history = history;
    }

    /// Looks at a delivery alone, at what it replaces and at what its sender has sent before.
    ///
    /// @param replaces ids of the reports whose place it takes
    public GateFinding judge(Delivery delivery, SalesBatch batch, List<String> replaces) {
        List<String> objections = new ArrayList<>();
        List<String> contradictions = delivery.statistics().conventions().contradictions();
        if (!contradictions.isEmpty()) {
            objections.add("cells of one column contradict one another: " + String.join("; ", contradictions));
        }
        List<String> doubts = new ArrayList<>();
        delivery.statistics()
                .conventions()
                .doubts()
                .forEach((field, doubt) -> doubted(delivery, replaces, field, doubt)
                        .ifPresent(words -> (doubt.areScattered() || isExpectedOtherwise(delivery, replaces, doubt)
                                        ? objections
                                        : doubts)
                                .add(words)));
        delivery.statistics().rivals().ifPresent(objections::add);
        objections.addAll(delivery.statistics().objections());
        delivery.statistics().days().objection().ifPresent(objections::add);
        rejectedMoney(delivery, batch).ifPresent(objections::add);
        Optional<SizeChange> change = Optional.empty();
        if (!replaces.isEmpty()) {
            SalesSize before = batch.sizes(replaces).values().stream().reduce(SalesSize.NONE, SalesSize::plus);
            change = Optional.of(new SizeChange(before, delivery.size()));
            fall(replaces, change.get()).ifPresent(objections::add);
        }
        List<String> warnings = new ArrayList<>(delivery.statistics().remarks());
        warnings.addAll(doubts);
        warnings.addAll(history.warnings(delivery, batch, replaces));
        return new GateFinding(objections, warnings, change);
    }

    /// What its sender has sent before tells which month is next.
    private Optional<String> doubted(Delivery delivery, List<String> replaces, ReportField field, DayDoubt doubt) {
        Optional<YearMonth> next = history.nextMonth(delivery, replaces);
        boolean isNext = next.filter(doubt.months()::contains).isPresent()
                && next.filter(doubt.others()::contains).isEmpty();
        return isNext
                ? Optional.empty()
                : Optional.of(field.label() + ": " + doubt.words()
                        + "; nothing in the file tells. If the days are the others, import it with a layout whose format"
                        + " has day and month the other way round");
    }

    private boolean isExpectedOtherwise(Delivery delivery, List<String> replaces, DayDoubt doubt) {
        Optional<YearMonth> next = history.nextMonth(delivery, replaces);
        return next.filter(doubt.others()::contains).isPresent();
    }

    private Optional<String> fall(List<String> replaces, SizeChange change) {
        List<String> falls = change.falls(rules.falls());
        return falls.isEmpty()
                ? Optional.empty()
                : Optional.of("it would replace " + String.join(", ", replaces) + " and is less of it: "
                        + change.words() + " (what falls by more than " + percent(rules.falls()) + ": "
                        + String.join(", ", falls) + "). It may have been cut off in download, or hold only"
                        + " adjustments: then use --beside");
    }

    private Optional<String> rejectedMoney(Delivery delivery, SalesBatch batch) {
        RejectedMoney rejected = delivery.statistics().rejectedMoney();
        if (rejected.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, BigDecimal> landed = batch.turnover(delivery.written());
        List<String> beyond = new ArrayList<>();
        TreeSet<String> currencies = new TreeSet<>(rejected.turnover().keySet());
        currencies.addAll(landed.keySet());
        for (String currency : currencies) {
            BigDecimal out = rejected.turnover().getOrDefault(currency, BigDecimal.ZERO);
            BigDecimal in = landed.getOrDefault(currency, BigDecimal.ZERO);
            if (out.compareTo(rules.rejectedMoney().multiply(out.add(in))) > 0) {
                beyond.add(rejected(delivery, currency, out, out.add(in)));
            }
        }
        if (!beyond.isEmpty()) {
            return Optional.of("rejected rows hold " + String.join(" and ", beyond) + ", the limit is "
                    + percent(rules.rejectedMoney()) + mostFrequent(delivery));
        }
        long rows =
                delivery.report().counts().landed() + delivery.report().counts().rejected();
        return isBeyond(rejected.unreadable(), rows)
                ? Optional.of(
                        (rejected.unreadable() == 1 ? "the amount of 1" : "the amounts of " + rejected.unreadable())
                                + " of " + MessageText.counted(rows, "row", "rows") + " can't be read ("
                                + share(BigDecimal.valueOf(rejected.unreadable()), BigDecimal.valueOf(rows))
                                + "), the limit is " + percent(rules.rejectedMoney()) + mostFrequent(delivery))
                : Optional.empty();
    }

    /// Where refunds stand among the rows, the net alone would hide how much money it is about.
    private static String rejected(Delivery delivery, String currency, BigDecimal out, BigDecimal all) {
        BigDecimal net = delivery.rejected(currency);
        BigDecimal stated = delivery.stated(currency);
        String gross = plain(out) + " " + currency + " of " + plain(all) + " " + currency;
        return net.compareTo(out) == 0 && stated.compareTo(all) == 0
                ? gross + " (" + share(out, all) + ")"
                : gross + " (" + share(out, all) + "), counted without signs (with them " + plain(net) + " of "
                        + plain(stated) + " " + currency + ")";
    }

    private boolean isBeyond(long unreadable, long rows) {
        return BigDecimal.valueOf(unreadable).compareTo(rules.rejectedMoney().multiply(BigDecimal.valueOf(rows))) > 0;
    }

    private static String mostFrequent(Delivery delivery) {
        return delivery.statistics().reasons().stream()
                .findFirst()
                .map(reason -> "; most frequent reason: " + reason.getKey())
                .orElse("");
    }

    private static String share(BigDecimal part, BigDecimal whole) {
        return percent(part.divide(whole, SHARE_DIGITS, RoundingMode.HALF_UP));
    }

    private static String percent(BigDecimal share) {
        return plain(share.movePointRight(2).setScale(2, RoundingMode.HALF_UP)) + "%";
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
