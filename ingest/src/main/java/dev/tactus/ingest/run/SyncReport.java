package dev.tactus.ingest.run;

import dev.tactus.lake.table.TableCommit;
import dev.tactus.ledger.items.ItemCounts;
import dev.tactus.ledger.items.SliceCounts;
import dev.tactus.ledger.runs.RunCounters;
import dev.tactus.ledger.runs.RunNote;
import dev.tactus.limits.ScopeReport;
import dev.tactus.music.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The result of a run.
///
/// @param counts of work items, over the whole run with all its interruptions
/// @param accounted whether ledger and lake agree item by item and the equation holds; false where the run was stopped
/// @param calls requests of the whole run, retries included, and how many were throttled or retried
/// @param drifts that are news to this run, by severity
/// @param slices the counts per dataset and day
/// @param notes beside the counts: listeners without a territory, unknown fields
/// @param tables the commits that made the run visible, this time
/// @param scopes how the quotas were used
/// @param nextDue when the first parked item can be tried again
/// @param took this time
public record SyncReport(
        String runId,
        List<LocalDate> days,
        End end,
        ItemCounts counts,
        boolean accounted,
        RunCounters calls,
        Map<Severity, Long> drifts,
        Tolerance.Verdict verdict,
        List<SliceCounts> slices,
        List<RunNote> notes,
        List<TableCommit> tables,
        List<ScopeReport> scopes,
        Optional<Instant> nextDue,
        Duration took) {

    /// How a run ended.
    public enum End {
        /// Published, nothing left to do.
        FINISHED,
        /// Published; parked items are left for the same command to take up.
        INCOMPLETE,
        /// Stopped on request: staged, not published; the same command goes on.
        STOPPED
    }

    public SyncReport {
        days = List.copyOf(days);
        drifts = Map.copyOf(drifts);
        slices = List.copyOf(slices);
        notes = List.copyOf(notes);
        tables = List.copyOf(tables);
        scopes = List.copyOf(scopes);
    }

    /// All drifts that are news to this run.
    public long driftCount() {
        return drifts.values().stream().mapToLong(Long::longValue).sum();
    }
}
