package dev.tactus.console.variances;

import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.TextTable.Column;
import dev.tactus.ledger.royalty.VarianceDecision;
import dev.tactus.ledger.royalty.VarianceFigures;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.UtcMinute;
import dev.tactus.reconcile.variance.Variance;
import java.util.List;
import java.util.Optional;

/// Rows whose two sides differ and decisions about them, in words and as JSON.
final class VarianceView {
    static final List<Column<Variance>> COLUMNS = List.of(
            new Column<>("STATE", one -> one.state().label()),
            new Column<>("SOURCE", one -> one.key().source()),
            new Column<>("ISRC", one -> one.key().isrc()),
            new Column<>("TITLE", Variance::title),
            new Column<>("TERRITORY", one -> one.key().territory()),
            new Column<>("USAGE", one -> one.key().usageType()),
            new Column<>("API", one -> one.figures().apiCount().map(HumanFormat::count)),
            new Column<>("REPORT", one -> one.figures().reportCount().map(HumanFormat::count)),
            new Column<>(
                    "DECISION",
                    one -> one.decision().map(decision -> decision.id().substring(0, 8))),
            new Column<>("BY", one -> one.decision().map(VarianceDecision::by)),
            new Column<>("AT", one -> one.decision().map(decision -> UtcMinute.of(decision.at()))),
            new Column<>("COMMENT", one -> one.decision().map(VarianceView::comment)));

    private VarianceView() {}

    /// Where a row is no longer what was decided on, the comment alone would mislead.
    private static String comment(VarianceDecision decision) {
        return decision.comment() + " (on API " + count(decision.figures().apiCount()) + ", report "
                + count(decision.figures().reportCount()) + ")";
    }

    private static String count(Optional<Long> count) {
        return count.map(HumanFormat::count).orElse("–");
    }

    static JsonObject fields(Variance one) {
        JsonObject fields = JsonObject.of("state", one.state().label())
                .put("source", one.key().source())
                .put("period", new Period(one.key().from(), one.key().to()).label())
                .put("isrc", one.key().isrc())
                .put("title", one.title())
                .put("artists", one.artists())
                .put("territory", one.key().territory())
                .put("usage_type", one.key().usageType())
                .put("status", one.status())
                .putAll(figures(one.figures()))
                .put("explanation", one.explanation());
        return fields.put("decision", one.decision().map(VarianceView::fields));
    }

    static JsonObject fields(VarianceDecision one) {
        JsonObject fields = JsonObject.of("id", one.id())
                .put("verdict", one.verdict().label())
                .put("isrc", one.key().isrc())
                .put("territory", one.key().territory())
                .put("usage_type", one.key().usageType())
                .putAll(figures(one.figures()))
                .put("comment", one.comment())
                .put("by", one.by())
                .put("at", one.at());
        one.ending()
                .ifPresent(ending -> fields.put("revoked_by", ending.by())
                        .put("revoked_because", ending.reason())
                        .put("revoked_at", ending.at()));
        return fields;
    }

    private static JsonObject figures(VarianceFigures figures) {
        return JsonObject.of("api_count", figures.apiCount())
                .put("report_count", figures.reportCount())
                .put("revenues", figures.revenues());
    }
}
