package dev.tactus.reconcile;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// By what rules two counts become a payable one: the `reconcile:` section of the configuration.
///
/// @param relative share of the API's count by which the report's may differ and still be within the tolerance, 0 to 1
/// @param absolute plays by which it may differ, however few there are
/// @param variance what a report's count is beyond the tolerance: it is payable either way, final or provisional
/// @param apiOnly whether an API count without a report is payable meanwhile; 0 is payable where not
/// @param provisional share of the counts that may not be final when a period is closed, 0 to 1: those of the API
///     alone, payable or not, and variances where they are provisional
/// @param uncovered share of what counted in the period before that may have no source when a period is closed, 0 to 1
public record ReconciliationRules(
        BigDecimal relative,
        long absolute,
        Finality variance,
        boolean apiOnly,
        BigDecimal provisional,
        BigDecimal uncovered) {
    public ReconciliationRules {
        share("tolerance.relative", relative);
        share("provisional", provisional);
        share("uncovered", uncovered);
        if (absolute < 0) {
            throw new IllegalArgumentException("tolerance.absolute is 0 or more, not " + absolute);
        }
    }

    /// 1 % or 5 plays; the statement decides; an API count pays provisionally; a period is not closed where more than
    /// 5 % of the counts are not final (most of all a month whose statements are still to come), or more than 5 %
    /// of the last period's counts have no source now.
    public static ReconciliationRules defaults() {
        return new ReconciliationRules(
                new BigDecimal("0.01"), 5, Finality.FINAL, true, new BigDecimal("0.05"), new BigDecimal("0.05"));
    }

    /// Reads `reconcile:`; what is not said keeps its default. Keys that belong to others may be named as `besides`.
    ///
    /// @throws dev.tactus.settings.InvalidConfiguration for what is not known or not of its form
    public static ReconciliationRules read(Section yaml, String... besides) {
        List<String> known = new ArrayList<>(List.of("tolerance", "variance", "api_only", "provisional", "uncovered"));
        known.addAll(List.of(besides));
        yaml.only(known.toArray(String[]::new));
        ReconciliationRules otherwise = defaults();
        BigDecimal relative = otherwise.relative;
        long absolute = otherwise.absolute;
        if (yaml.has("tolerance")) {
            Section tolerance = yaml.require("tolerance").section();
            tolerance.only("relative", "absolute");
            relative = tolerance.find("relative").map(Value::share).orElse(relative);
            absolute = tolerance
                    .find("absolute")
                    .map(v -> v.whole(0, 1_000_000_000_000L))
                    .orElse(absolute);
        }
        return new ReconciliationRules(
                relative,
                absolute,
                yaml.find("variance").map(ReconciliationRules::finality).orElse(otherwise.variance),
                yaml.find("api_only").map(ReconciliationRules::pays).orElse(otherwise.apiOnly),
                yaml.find("provisional").map(Value::share).orElse(otherwise.provisional),
                yaml.find("uncovered").map(Value::share).orElse(otherwise.uncovered));
    }

    /// The rules as they are written, for a manifest.
    public Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        written.put("tolerance.relative", relative.stripTrailingZeros().toPlainString());
        written.put("tolerance.absolute", Long.toString(absolute));
        written.put("variance", variance.label());
        written.put("api_only", apiOnly ? "provisional" : "excluded");
        written.put("provisional", provisional.stripTrailingZeros().toPlainString());
        written.put("uncovered", uncovered.stripTrailingZeros().toPlainString());
        return written;
    }

    private static Finality finality(Value value) {
        return switch (value.text()) {
            case "final" -> Finality.FINAL;
            case "provisional" -> Finality.PROVISIONAL;
            default -> throw value.bad("expected final (the statement decides) or provisional (a person looks first)");
        };
    }

    private static boolean pays(Value value) {
        return switch (value.text()) {
            case "provisional" -> true;
            case "excluded" -> false;
            default ->
                throw value.bad("expected provisional (the API's count stands in) or excluded (nothing is payable"
                        + " without a report)");
        };
    }

    private static void share(String name, BigDecimal share) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0 || share.scale() > 9) {
            throw new IllegalArgumentException(
                    name + " is a share from 0 to 1 with at most nine decimals, not " + share.toPlainString());
        }
    }
}
