package dev.tactus.reconcile.join;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.lake.query.Workbench;
import dev.tactus.music.identifiers.TerritoryGroups;
import dev.tactus.reconcile.Money;
import dev.tactus.reconcile.ServiceSources;
import dev.tactus.reconcile.manifest.CloseManifest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What a close has decided of groups of territories and their members, kept when its period is looked at again.
final class KeptMeetings {
    private final Lake lake;
    private final ServiceSources services;
    private final Workbench bench;
    private final String source;

    KeptMeetings(Lake lake, ServiceSources services, Workbench bench, String source) {
        this.lake = lake;
        this.services = services;
        this.bench = bench;
        this.source = source;
    }

    /// What the reports of a closed period come to today, by what was decided.
    ///
    /// @param decided the close, and those after it that have booked corrections of its period, in their order
    JoinInputs today(List<CloseManifest> decided, CatalogTable catalog) {
        CloseManifest close = decided.getFirst();
        int version = close.rules().groups();
        JoinRelations.KEPT_CLAIM.makeEmpty(bench);
        if (version >= GroupMeetings.KEPT && mayMeet(close, catalog)) {
            decided.forEach(one -> decide(one, close, catalog));
        }
        return JoinInputs.keeping(StatementView.make(bench, services, close.period()), catalog, source, version);
    }

    /// Whether any of the territories that reports name by now is a group of another.
    private boolean mayMeet(CloseManifest close, CatalogTable catalog) {
        StatementView now = StatementView.make(bench, services, close.period());
        return !GroupPrecedence.among(
                        TerritoryGroups.version(close.rules().groups()), JoinInputs.place(now, catalog, source))
                .isEmpty();
    }

    /// Makes [JoinRelations#KEPT_CLAIM] say what was decided then, given what it says of before.
    private void decide(CloseManifest at, CloseManifest close, CatalogTable catalog) {
        StatementView then = StatementView.asOf(bench, services, close.period(), lake.tagged(at.tag()));
        List<String> labels = JoinInputs.place(then, catalog, source);
        GroupMeetings.keeping(bench, close.rules().groups(), labels, JoinRelations.PLACED_ROW.name());
        JoinRelations.KEPT_CLAIM.make(
                bench,
                sql("kept_claim")
                        .insert(
                                "claims",
                                sql("group_claim_sold")
                                        .insert("rows", JoinRelations.PLACED_ROW.name())
                                        .text())
                        .text());
    }

    /// What has come since and is left out. The rows of today stand in the workbench; what of them meets is decided
    /// anew here, so that it can be compared.
    KeptDecision since(CloseManifest close, JoinInputs today) {
        SortedMap<String, BigDecimal> money = new TreeMap<>();
        long[] sums = {0, 0};
        today.excluded().stream().filter(left -> left.reason().isOfGroups()).forEach(left -> {
            sums[0] += left.rows();
            sums[1] += left.quantity();
            left.revenue().ifPresent(amount -> money.merge(amount.currency(), amount.amount(), BigDecimal::add));
        });
        for (JsonNode left : close.json().path("totals").path("left_out")) {
            if (ExcludedUsage.Reason.named(left.path("reason").asString()).isOfGroups()) {
                sums[0] -= left.path("rows").asLong();
                sums[1] -= left.path("quantity").asLong();
                for (Map.Entry<String, JsonNode> amount : left.path("revenues").properties()) {
                    money.merge(
                            amount.getKey(), new BigDecimal(amount.getValue().asString()).negate(), BigDecimal::add);
                }
            }
        }
        money.values().removeIf(amount -> amount.signum() == 0);
        return new KeptDecision(
                close.period().label(),
                close.record().id(),
                sums[0],
                sums[1],
                money.entrySet().stream()
                        .map(one -> new Money(one.getKey(), ReconciliationTotals.stripped(one.getValue())))
                        .toList(),
                close.rules().groups() >= GroupMeetings.KEPT ? overturned(close) : List.of());
    }

    private List<String> overturned(CloseManifest close) {
        List<String> labels =
                QueryRows.texts(bench, "SELECT DISTINCT coalesce(territory_reported, territory) FROM placed_row");
        GroupMeetings.make(bench, close.rules().groups(), labels, JoinRelations.PLACED_ROW.name());
        return QueryRows.list(
                bench, sql("overturned").text(), row -> row.get(0) + " " + row.get(1) + ": " + row.get(2));
    }

    private static SqlResource sql(String name) {
        return SqlResource.of(KeptMeetings.class, name);
    }
}
