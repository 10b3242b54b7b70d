package dev.tactus.reconcile;

import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// By what rules two counts become a payable one, and a period is closed: the `reconcile:` section of the
/// configuration.
///
/// @param rows what becomes of a row
/// @param exceptions what becomes of some rows instead; the first that concerns a row holds
/// @param statementOut whether every sender has sent what it owes for the period: what no report has then is not
///     reported
/// @param decisions whether every variance needs a person's decision before a period is closed
/// @param provisional share of the counts that may not be final when a period is closed, 0 to 1: those of the API
///     alone, payable or not, and variances where they are provisional
/// @param uncovered share of what counted in the period before that may have no source when a period is closed, 0 to 1
/// @param groups the version of the groups of territories whose rows stand aside for their members'; nobody configures
///     it, but a close is audited by the one it was made by
/// @param home the currency of the books, and what others are worth in it; absent where none is configured
public record ReconciliationRules(
        RowRules rows,
        List<RuleException> exceptions,
        boolean statementOut,
        boolean decisions,
        BigDecimal provisional,
        BigDecimal uncovered,
        int groups,
        Optional<HomeCurrency> home)
        implements PeriodRules {
    private static final String EXCEPTION = "exception.";

    public ReconciliationRules {
        exceptions = List.copyOf(exceptions);
        share("provisional", provisional);
        share("uncovered", uncovered);
    }

    /// Rules by the groups of territories of today.
    public ReconciliationRules(
            RowRules rows,
            List<RuleException> exceptions,
            boolean statementOut,
            boolean decisions,
            BigDecimal provisional,
            BigDecimal uncovered) {
        this(
                rows,
                exceptions,
                statementOut,
                decisions,
                provisional,
                uncovered,
                TerritoryGroups.LATEST,
                Optional.empty());
    }

    /// Rules without exceptions, for a period whose statements are still to come.
    public ReconciliationRules(
            BigDecimal relative,
            long absolute,
            Finality variance,
            boolean apiOnly,
            BigDecimal provisional,
            BigDecimal uncovered) {
        this(
                new RowRules(relative, absolute, variance, apiOnly, false),
                List.of(),
                false,
                false,
                provisional,
                uncovered);
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
        List<String> known = new ArrayList<>(List.of("exceptions", "decisions", "provisional", "uncovered"));
        known.addAll(List.of(RowRules.keys()));
        known.addAll(List.of(besides));
        yaml.only(known.toArray(String[]::new));
        ReconciliationRules otherwise = defaults();
        RowRules usual = otherwise.rows.read(yaml);
        return new ReconciliationRules(
                usual,
                yaml.find("exceptions")
                        .map(list -> list.list().stream()
                                .map(one -> RuleException.read(one, usual))
                                .toList())
                        .orElse(List.of()),
                false,
                yaml.find("decisions").map(ReconciliationRules::required).orElse(false),
                yaml.find("provisional").map(Value::share).orElse(otherwise.provisional),
                yaml.find("uncovered").map(Value::share).orElse(otherwise.uncovered));
    }

    private static boolean required(Value value) {
        return switch (value.text()) {
            case "required" -> true;
            case "optional" -> false;
            default ->
                throw value.bad(
                        "expected optional, or required (a period is closed when every variance has a decision)");
        };
    }

    /// Those that concern one source.
    public ReconciliationRules of(String source) {
        return new ReconciliationRules(
                rows,
                exceptions.stream().filter(one -> one.concerns(source)).toList(),
                statementOut,
                decisions,
                provisional,
                uncovered,
                groups,
                home);
    }

    /// The same, for a period whose statements are all out, or not.
    public ReconciliationRules withStatementOut(boolean out) {
        return new ReconciliationRules(rows, exceptions, out, decisions, provisional, uncovered, groups, home);
    }

    /// The same, for books that are kept in a currency.
    public ReconciliationRules withHome(Optional<HomeCurrency> currency) {
        return new ReconciliationRules(
                rows, exceptions, statementOut, decisions, provisional, uncovered, groups, currency);
    }

    @Override
    public ReconciliationRules of(String source, Period period) {
        return of(source);
    }

    /// The usual share by which a report's count may differ.
    public BigDecimal relative() {
        return rows.relative();
    }

    /// The usual number of plays by which it may differ.
    public long absolute() {
        return rows.absolute();
    }

    /// What a report's count usually is beyond the tolerance.
    public Finality variance() {
        return rows.variance();
    }

    /// Whether an API count without a report usually pays meanwhile.
    public boolean apiOnly() {
        return rows.apiOnly();
    }

    /// The rules as they are written, for a manifest.
    public Map<String, String> written() {
        Map<String, String> written = rows.written();
        written.put("provisional", provisional.stripTrailingZeros().toPlainString());
        written.put("uncovered", uncovered.stripTrailingZeros().toPlainString());
        written.put("territory_groups", Integer.toString(groups));
        if (statementOut) {
            written.put("statement", "out");
        }
        if (decisions) {
            written.put("decisions", "required");
        }
        home.ifPresent(currency -> currency.write(written));
        for (int i = 0; i < exceptions.size(); i++) {
            written.put(EXCEPTION + (i + 1), exceptions.get(i).written());
        }
        return written;
    }

    /// Reads them from a manifest.
    public static ReconciliationRules ofWritten(Map<String, String> written) {
        List<RuleException> exceptions = new ArrayList<>();
        for (int i = 1; written.containsKey(EXCEPTION + i); i++) {
            exceptions.add(RuleException.ofWritten(said(written, EXCEPTION + i)));
        }
        return new ReconciliationRules(
                RowRules.ofWritten(written),
                exceptions,
                "out".equals(written.get("statement")),
                "required".equals(written.get("decisions")),
                new BigDecimal(said(written, "provisional")),
                new BigDecimal(said(written, "uncovered")),
                Integer.parseInt(written.getOrDefault("territory_groups", Integer.toString(TerritoryGroups.NONE))),
                HomeCurrency.ofWritten(written));
    }

    static String said(Map<String, String> written, String name) {
        return Optional.ofNullable(written.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the rules lack " + name));
    }

    static void share(String name, BigDecimal share) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0 || share.scale() > 9) {
            throw new IllegalArgumentException(
                    name + " is a share from 0 to 1 with at most nine decimals, not " + share.toPlainString());
        }
    }
}
