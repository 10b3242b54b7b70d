package dev.tactus.ingest.run;

import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.ItemState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How much may be missing from a run that still counts as complete.
public record Tolerance(Allowance deadLetters, Allowance parked, Allowance awaitingReport) {
    /// How many items may be in a state.
    public sealed interface Allowance {}

    /// A part of the plan.
    ///
    /// @param share of the planned items, 0 to 1
    public record Share(double share) implements Allowance {
        public Share {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share lies between 0 and 1, not " + share);
            }
        }
    }

    /// So many, however large the plan.
    ///
    /// @param items 0 or more
    public record Count(long items) implements Allowance {
        public Count {
            if (items < 0) {
                throw new IllegalArgumentException("a number of items is 0 or more, not " + items);
            }
        }
    }

    /// Whether a run is complete enough.
    ///
    /// @param reasons one sentence for each allowance that is exceeded; none where it is complete
    public record Verdict(List<String> reasons) {
        public Verdict {
            reasons = List.copyOf(reasons);
        }

        public boolean complete() {
            return reasons.isEmpty();
        }
    }

    /// 0.1 % dead letters, nothing parked, 5 % awaiting a report.
    public static Tolerance defaults() {
        return new Tolerance(new Share(0.001), new Count(0), new Share(0.05));
    }

    public Verdict judge(ItemCounts counts) {
        List<String> reasons = new ArrayList<>();
        judge(counts, ItemState.DEAD_LETTERED, deadLetters).ifPresent(reasons::add);
        judge(counts, ItemState.PARKED, parked).ifPresent(reasons::add);
        judge(counts, ItemState.AWAITING_REPORT, awaitingReport).ifPresent(reasons::add);
        return new Verdict(reasons);
    }

    private static Optional<String> judge(ItemCounts counts, ItemState state, Allowance allowance) {
        // what a budget kept from being asked is as it was meant to be
        long items = counts.standing(state) - (state == ItemState.PARKED ? counts.overBudget() : 0);
        boolean within = switch (allowance) {
            case Share share -> items <= share.share() * counts.planned();
            case Count count -> items <= count.items();
        };
        return within
                ? Optional.empty()
                : Optional.of(
                        switch (allowance) {
                            case Share share ->
                                percentAbove(share.share(), (double) items / counts.planned()) + " of items "
                                        + predicate(state) + " (limit " + percent(share.share(), 6) + ")";
                            case Count count ->
                                items + " of " + counts.planned() + " items " + predicate(state) + " (limit "
                                        + count.items() + ")";
                        });
    }

    private static String predicate(ItemState state) {
        return state == ItemState.AWAITING_REPORT
                ? "await a report"
                : "are " + state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// One decimal, three below one per cent, and as many more as it takes to read as more than the limit.
    private static String percentAbove(double limit, double share) {
        int decimals = share < 0.01 ? 3 : 1;
        while (decimals < 9 && percent(share, decimals).equals(percent(limit, decimals))) {
            decimals++;
        }
        return percent(share, decimals);
    }

    private static String percent(double share, int decimals) {
        return BigDecimal.valueOf(100 * share)
                        .setScale(decimals, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}
