package dev.tactus.reconcile.audit;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.Workbench;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.ReportDecision;
import dev.tactus.ledger.royalty.UsageMatch;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reconcile.join.QueryRows;
import dev.tactus.reconcile.manifest.AuditMismatch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What people decided, in the ledger beside the lake: whatever the lake has of it, the ledger has the same, or a later
/// decision. What was decided since the lake was last written is in the ledger alone.
final class DecisionAudit {
    private final Ledger ledger;
    private final Lake lake;
    private final int megabytes;
    private final AuditScope scope;

    /// @param key of what was decided about
    /// @param at when, in microseconds
    /// @param what was decided and by whom
    private record Decided(String key, long at, String what) {}

    DecisionAudit(Ledger ledger, Lake lake, int megabytes, AuditScope scope) {
        this.ledger = ledger;
        this.lake = lake;
        this.megabytes = megabytes;
        this.scope = scope;
    }

    void prove() {
        try (Workbench bench = lake.workbench(megabytes)) {
            List<Decided> matches = QueryRows.list(
                    bench,
                    "SELECT usage_key, epoch_us(decided_at), coalesce(isrc, 'not ours'), decided_by FROM "
                            + bench.relation(TablePart.all(LakeTable.USAGE_MATCHES)),
                    row -> new Decided(text(row, 0), number(row, 1), text(row, 2) + " by " + text(row, 3)));
            Map<String, Decided> known = new HashMap<>();
            for (UsageMatch match : ledger.usageMatches().list()) {
                known.put(
                        match.usageKey(),
                        new Decided(
                                match.usageKey(),
                                micros(match.at()),
                                match.isrc().map(Isrc::value).orElse("not ours") + " by " + match.by()));
            }
            same("the match of ", matches, known);
            List<Decided> readings = QueryRows.list(
                    bench,
                    "SELECT subject || ' \"' || text || '\"' || CASE sender WHEN '' THEN '' ELSE ' of ' || sender END"
                            + " || ' at ' || epoch_us(decided_at), epoch_us(decided_at), meaning, decided_by FROM "
                            + bench.relation(TablePart.all(LakeTable.REPORT_DECISIONS)),
                    row -> new Decided(text(row, 0), number(row, 1), text(row, 2) + " by " + text(row, 3)));
            Map<String, Decided> decided = new HashMap<>();
            for (ReportDecision each : ledger.reportDecisions().list()) {
                String key = each.subject().label() + " \"" + each.text() + "\""
                        + (each.sender().isEmpty() ? "" : " of " + each.sender()) + " at " + micros(each.at());
                decided.put(key, new Decided(key, micros(each.at()), each.meaning() + " by " + each.by()));
            }
            same("the meaning of ", readings, decided);
            scope.proven(String.format(
                    Locale.ROOT,
                    "%,d decisions of people: the ledger has them as the lake has",
                    matches.size() + readings.size()));
            scope.looked("decisions", matches.size() + readings.size());
        }
    }

    private static void same(String of, List<Decided> inLake, Map<String, Decided> inLedger) {
        for (Decided there : inLake) {
            @Nullable Decided here = inLedger.get(there.key());
            if (here == null || here.at() < there.at()) {
                throw new AuditMismatch(
                        of + there.key(), "the lake says " + there.what() + ", and the ledger does not know it");
            }
            if (here.at() == there.at() && !here.what().equals(there.what())) {
                throw new AuditMismatch(
                        of + there.key(), "the lake says " + there.what() + ", and the ledger " + here.what());
            }
        }
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static String text(List<@Nullable Object> row, int place) {
        return String.valueOf(row.get(place));
    }

    private static long number(List<@Nullable Object> row, int place) {
        return ((Number) Objects.requireNonNull(row.get(place))).longValue();
    }
}
