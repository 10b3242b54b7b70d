package dev.tactus.ingest;

import dev.tactus.music.Difference;
import dev.tactus.music.DriftDetector;
import dev.tactus.music.Isrc;
import dev.tactus.music.Recording;
import dev.tactus.music.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what a chunk says recordings are with the catalog and with what the source said before.
final class DriftWatch {
    private final RunContext run;
    private final DriftDetector detector = new DriftDetector();

    DriftWatch(RunContext run) {
        this.run = run;
    }

    /// What was compared and what differs.
    record Finding(Set<Isrc> examined, List<Difference> differences) {}

    Finding examine(Map<Isrc, List<Track>> tracks) {
        if (tracks.isEmpty()) {
            return new Finding(Set.of(), List.of());
        }
        Duration precision = run.source().precision();
        Map<Isrc, Recording> masters = run.ledger().recordings().find(tracks.keySet());
        Map<Isrc, List<Track>> before = run.ledger().seenTracks().find(run.sourceName(), tracks.keySet());
        List<Difference> differences = new ArrayList<>();
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
        if (!finding.examined().isEmpty()) {
            run.ledger().drifts().report(run.sourceName(), run.runId(), finding.examined(), finding.differences());
            run.ledger().seenTracks().record(run.sourceName(), tracks);
        }
    }
}
