package dev.tactus.ingest.landing;

import dev.tactus.ingest.context.RunContext;
import dev.tactus.music.Recording;
import dev.tactus.music.Track;
import dev.tactus.music.drift.Difference;
import dev.tactus.music.drift.DriftDetector;
import dev.tactus.music.identifiers.Isrc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares the metadata in a chunk with the catalog and with what the source sent before.
final class DriftCheck {
    private final RunContext run;
    private final DriftDetector detector = new DriftDetector();
    private final IsrcMismatches mismatches = new IsrcMismatches();

    DriftCheck(RunContext run) {
        this.run = run;
    }

    /// What was compared and what differs.
    record Finding(Set<Isrc> examined, List<Difference> differences) {}

    Finding examine(Map<Isrc, List<Track>> tracks, Collection<RejectedPayload> rejected) {
        List<Difference> differences = new ArrayList<>(mismatches.among(rejected));
        if (tracks.isEmpty()) {
            return new Finding(Set.of(), differences);
        }
        Duration precision = run.source().profile().precision();
        Map<Isrc, Recording> masters = run.ledger().recordings().find(tracks.keySet());
        Map<Isrc, List<Track>> before = run.ledger().seenTracks().find(run.sourceName(), tracks.keySet());
        tracks.forEach((isrc, now) -> {
            Recording master = masters.get(isrc);
            if (master != null) {
                differences.addAll(detector.againstCatalog(master, now, precision));
            }
            List<Track> earlier = before.get(isrc);
            if (earlier != null) {
                differences.addAll(detector.againstLastRun(earlier, now, precision));
            }
        });
        return new Finding(Set.copyOf(tracks.keySet()), differences);
    }

    void note(Finding finding, Map<Isrc, List<Track>> tracks) {
        if (!finding.examined().isEmpty() || !finding.differences().isEmpty()) {
            run.ledger().drifts().report(run.sourceName(), run.runId(), finding.examined(), finding.differences());
        }
        if (!tracks.isEmpty()) {
            run.ledger().seenTracks().record(run.sourceName(), tracks);
        }
    }
}
