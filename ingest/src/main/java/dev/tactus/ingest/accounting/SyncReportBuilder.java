package dev.tactus.ingest.accounting;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncReport.End;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.quality.Drift;
import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Builds the report of a run from the ledger.
public final class SyncReportBuilder {
    private SyncReportBuilder() {}

    public static SyncReport build(
            RunContext run, End end, boolean accounted, List<TableCommit> tables, Instant startedAt) {
        Ledger ledger = run.ledger();
        Run now = ledger.runs().find(run.runId()).orElseThrow();
        ItemCounts counts = ledger.items().counts(run.runId());
        return new SyncReport(
                run.runId(),
                run.request().days(),
                end,
                counts,
                accounted,
                now.counters(),
                drifts(run),
                run.request().tolerance().judge(counts),
                ledger.items().countsBySlice(run.runId()),
                ledger.runNotes().list(run.runId()),
                tables,
                run.source().report().scopes(),
                ledger.items().nextDue(run.runId()),
                Duration.between(startedAt, run.clock().instant()));
    }

    private static Map<Severity, Long> drifts(RunContext run) {
        Map<Severity, Long> counts = new EnumMap<>(Severity.class);
        for (Drift drift : run.ledger().drifts().all(run.sourceName())) {
            if (drift.runId().equals(run.runId())) {
                counts.merge(drift.difference().severity(), 1L, Long::sum);
            }
        }
        return counts;
    }
}
