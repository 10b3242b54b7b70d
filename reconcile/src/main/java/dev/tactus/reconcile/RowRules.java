package dev.tactus.reconcile;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/// By what rules the two counts of a row become a payable one.
///
/// @param relative share of the API's count by which the report's may differ and still be within the tolerance, 0 to 1
/// @param absolute plays by which it may differ, however few there are
/// @param variance what a report's count is beyond the tolerance: it is payable either way, final or provisional
/// @param apiOnly whether an API count without a report is payable meanwhile; 0 is payable where not
/// @param notReported whether an API count is payable that the statement, once it is out, does not have
public record RowRules(BigDecimal relative, long absolute, Finality variance, boolean apiOnly, boolean notReported) {
    private static final String[] KEYS = {"tolerance", "variance", "api_only", "not_reported"};

    public RowRules {
        ReconciliationRules.share("tolerance.relative", relative);
        if (absolute < 0) {
            throw new IllegalArgumentException("tolerance.absolute is 0 or more, not " + absolute);
        }
    }

    static String[] keys() {
        return KEYS.clone();
    }

    /// Reads what is said; the rest is as these rules are.
    RowRules read(Section yaml) {
        BigDecimal share = relative;
        long plays = absolute;
        if (yaml.has("tolerance")) {
            Section tolerance = yaml.require("tolerance").section();
            tolerance.only("relative", "absolute");
            share = tolerance.find("relative").map(Value::share).orElse(share);
            plays = tolerance
                    .find("absolute")
                    .map(v -> v.whole(0, 1_000_000_000_000L))
                    .orElse(plays);
        }
        return new RowRules(
                share,
                plays,
                yaml.find("variance").map(RowRules::finality).orElse(variance),
                yaml.find("api_only").map(RowRules::pays).orElse(apiOnly),
                yaml.find("not_reported").map(RowRules::paysUnreported).orElse(notReported));
    }

    /// As they are written in a manifest.
    Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        written.put("tolerance.relative", relative.stripTrailingZeros().toPlainString());
        written.put("tolerance.absolute", Long.toString(absolute));
        written.put("variance", variance.label());
        written.put("api_only", apiOnly ? "provisional" : "excluded");
        if (notReported) {
            // what manifests of before have not said means the same
            written.put("not_reported", "provisional");
        }
        return written;
    }

    static RowRules ofWritten(Map<String, String> written) {
        return new RowRules(
                new BigDecimal(ReconciliationRules.said(written, "tolerance.relative")),
                Long.parseLong(ReconciliationRules.said(written, "tolerance.absolute")),
                ReconciliationRules.said(written, "variance").equals("final") ? Finality.FINAL : Finality.PROVISIONAL,
                ReconciliationRules.said(written, "api_only").equals("provisional"),
                "provisional".equals(written.get("not_reported")));
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

    private static boolean paysUnreported(Value value) {
        return switch (value.text()) {
            case "provisional" -> true;
            case "excluded" -> false;
            default ->
                throw value.bad("expected excluded (nothing is payable) or provisional (the API's count stands in)");
        };
    }
}
