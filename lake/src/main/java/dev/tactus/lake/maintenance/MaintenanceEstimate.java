package dev.tactus.lake.maintenance;

/// What maintenance would find to do, as far as the tables' metadata tells: it opens no data file.
///
/// @param mergeable files fewer than there would be after small ones are merged
/// @param expendable snapshots that would be forgotten
public record MaintenanceEstimate(long mergeable, long expendable) {
    static final MaintenanceEstimate NOTHING = new MaintenanceEstimate(0, 0);

    MaintenanceEstimate plus(MaintenanceEstimate other) {
        return new MaintenanceEstimate(mergeable + other.mergeable, expendable + other.expendable);
    }

    /// How much there is to do.
    public long total() {
        return mergeable + expendable;
    }
}
