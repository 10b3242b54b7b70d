package dev.tactus.reconcile.files;

import dev.tactus.ledger.royalty.VarianceDecision;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.statements.ExpectedStatement;
import dev.tactus.reconcile.variance.Variance;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a page says of [PageFacts], as the template takes it.
final class FactsModel {
    private static final int STATEMENTS = 24;

    private FactsModel() {}

    static Map<String, Object> of(PageFacts facts, HomeModel home) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("record_label", facts.label());
        page.put("has_record_label", !facts.label().isEmpty());
        page.put("prepared", facts.prepared());
        page.put("has_prepared", !facts.prepared().isEmpty());
        page.put("approved", facts.approved());
        page.put("has_approved", !facts.approved().isEmpty());
        page.put("accepted", facts.accepted());
        page.put("has_accepted", !facts.accepted().isEmpty() || !facts.decided().isEmpty());
        page.put(
                "decided",
                facts.decided().stream()
                        .limit(PageFacts.LISTED)
                        .map(FactsModel::row)
                        .toList());
        page.put("has_decided", !facts.decided().isEmpty());
        page.put("more_decided", facts.decided().size() > PageFacts.LISTED);
        page.put("decided_count", FigureFormat.counted(facts.decided().size(), "row is", "rows are"));
        page.put(
                "waiting",
                facts.waiting().stream()
                        .limit(PageFacts.LISTED)
                        .map(FactsModel::row)
                        .toList());
        page.put("has_waiting", !facts.waiting().isEmpty());
        page.put("more_waiting", facts.waiting().size() > PageFacts.LISTED);
        page.put("waiting_count", FigureFormat.counted(facts.waiting().size(), "row needs", "rows need"));
        List<ExpectedStatement> owed = facts.statements().owed();
        page.put(
                "owed",
                owed.stream().limit(STATEMENTS).map(FactsModel::statement).toList());
        page.put("warnings", facts.statements().warnings());
        page.put(
                "has_standing",
                !owed.isEmpty() || !facts.statements().warnings().isEmpty());
        page.put("has_owed", !owed.isEmpty());
        page.put(
                "money", facts.money().stream().map(table -> money(table, home)).toList());
        page.put("has_money", !facts.money().isEmpty());
        page.put(
                "deductions",
                facts.deductions().stream().map(FactsModel::deduction).toList());
        page.put("has_deductions", !facts.deductions().isEmpty());
        return page;
    }

    private static Map<String, String> row(Variance one) {
        Optional<VarianceDecision> decision = one.decision();
        return Map.of(
                "title",
                        one.title()
                                .filter(text -> !text.isBlank())
                                .orElse(one.key().isrc()),
                "artists", one.artists().orElse(""),
                "isrc", one.key().isrc(),
                "territory", one.key().territory(),
                "usage", one.key().usageType(),
                "api", one.figures().apiCount().map(FigureFormat::count).orElse("–"),
                "report", one.figures().reportCount().map(FigureFormat::count).orElse("–"),
                "state", one.state().label(),
                "who", decision.map(VarianceDecision::by).orElse(""),
                "why", decision.map(VarianceDecision::comment).orElse(one.explanation()));
    }

    private static Map<String, String> statement(ExpectedStatement one) {
        return Map.of(
                "sender", one.sender(),
                "month", one.month().toString(),
                "due", one.due().toString(),
                "state",
                        switch (one.state()) {
                            case RECEIVED -> "received";
                            case AWAITED -> "awaited";
                            case LATE -> "late";
                        },
                "received", one.received().map(Object::toString).orElse("–"),
                "style", one.isMissing() ? "missing" : "");
    }

    private static Map<String, String> deduction(DeductionLine one) {
        return Map.of(
                "sender", one.sender(),
                "kind", one.kind(),
                "place", one.place(),
                "lines", FigureFormat.count(one.lines()),
                "currency", one.sum().currency(),
                "amount", FigureFormat.amount(one.sum()));
    }

    private static Map<String, Object> money(MoneyTable table, HomeModel home) {
        return Map.of(
                "name",
                table.name(),
                "lines",
                table.lines().stream().map(line -> line(line, home)).toList(),
                "has_more",
                table.more() > 0,
                "more",
                FigureFormat.count(table.more()));
    }

    private static Map<String, String> line(MoneyTable.Line one, HomeModel home) {
        return Map.of(
                "name", one.name(),
                "currency", one.currency(),
                "now", amount(one.now(), one.currency()),
                "before", amount(one.before(), one.currency()),
                "change", change(one),
                "worth",
                        home.worth(one.currency(), one.now())
                                .map(FigureFormat::amount)
                                .orElse("–"),
                "worth_before",
                        home.worthBefore(one.currency(), one.before())
                                .map(FigureFormat::amount)
                                .orElse("–"));
    }

    private static String amount(Optional<BigDecimal> amount, String currency) {
        return amount.map(sum -> FigureFormat.amount(new Money(currency, sum))).orElse("–");
    }

    private static String change(MoneyTable.Line one) {
        BigDecimal before = one.before().orElse(BigDecimal.ZERO);
        if (before.signum() == 0) {
            return "–";
        }
        BigDecimal share =
                one.now().orElse(BigDecimal.ZERO).subtract(before).divide(before.abs(), MathContext.DECIMAL64);
        return (share.signum() > 0 ? "+" : "") + FigureFormat.percent(share).replace('-', '−');
    }
}
