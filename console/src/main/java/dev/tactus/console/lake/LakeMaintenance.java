package dev.tactus.console.lake;

import dev.tactus.console.config.MaintenanceSection;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.lake.Lake;
import dev.tactus.lake.maintenance.MaintenanceReport;
import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.PublicationRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Maintenance of a lake with what its ledger still needs: of the command, and after a sync.
public final class LakeMaintenance {
    /// From so much to do on a lake is read and opened faster afterwards: some two weeks of daily runs.
    private static final long WORTH = 100;

    private LakeMaintenance() {}

    static MaintenanceSettings settings(MaintenanceSection section, Ledger ledger, Instant now) {
        Set<String> unproven = ledger.publications().list().stream()
                .filter(publication -> publication.completedAt().isEmpty())
                .map(PublicationRecord::id)
                .collect(Collectors.toSet());
        ledger.reports().unsettled().forEach(report -> unproven.add(report.id()));
        Set<Path> staged = ledger.chunks().unpublished().stream()
                .map(chunk -> Path.of(chunk.path()))
                .collect(Collectors.toSet());
        return new MaintenanceSettings(
                section.keepSnapshots(), now.minus(Duration.ofDays(section.expireDays())), unproven, now, staged);
    }

    /// Maintains the lake where that is worth its time; tells what was done. What it fails of is no failure of the
    /// sync.
    public static Optional<String> afterSync(MaintenanceSection section, Ledger ledger, Lake lake, Instant now) {
        return afterSync(section, ledger, lake, now, WORTH);
    }

    /// @param worth from how much to do
    static Optional<String> afterSync(MaintenanceSection section, Ledger ledger, Lake lake, Instant now, long worth) {
        if (!section.afterSync()) {
            return Optional.empty();
        }
        try {
            MaintenanceSettings settings = settings(section, ledger, now);
            if (lake.estimate(settings).total() < worth) {
                return Optional.empty();
            }
            return Optional.of(told(lake.maintain(settings)));
        } catch (RuntimeException e) {
            return Optional.of("the lake was not maintained: " + e.getMessage() + "; tactus lake maintain tries again");
        }
    }

    private static String told(MaintenanceReport report) {
        long before = report.tables().stream()
                .mapToLong(MaintenanceReport.TableReport::filesBefore)
                .sum();
        long after = report.tables().stream()
                .mapToLong(MaintenanceReport.TableReport::filesAfter)
                .sum();
        long expired = report.tables().stream()
                .mapToLong(MaintenanceReport.TableReport::snapshotsExpired)
                .sum();
        return "maintained the lake: " + HumanFormat.counted(before, "data file", "data files") + " -> "
                + HumanFormat.count(after) + ", " + HumanFormat.counted(expired, "snapshot", "snapshots")
                + " expired, " + HumanFormat.size(report.freedBytes()) + " freed";
    }
}
