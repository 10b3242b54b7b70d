package dev.tactus.console.config;

import dev.tactus.settings.Section;
import dev.tactus.settings.Value;

/// When the lake is maintained, and what of it is kept: `maintenance:`.
///
/// @param afterSync whether a sync does it where it is worth its time
/// @param expireDays snapshots that are older go
/// @param keepSnapshots at least so many of each table stay
public record MaintenanceSection(boolean afterSync, int expireDays, int keepSnapshots) {
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_SNAPSHOTS = 100_000;

    static MaintenanceSection usual() {
        return new MaintenanceSection(true, 30, 10);
    }

    static MaintenanceSection read(Section yaml) {
        yaml.only("after_sync", "expire_days", "keep_snapshots");
        MaintenanceSection usual = usual();
        return new MaintenanceSection(
                yaml.find("after_sync").map(Value::flag).orElse(usual.afterSync),
                yaml.find("expire_days").map(v -> v.whole(1, MOST_DAYS)).orElse(usual.expireDays),
                yaml.find("keep_snapshots").map(v -> v.whole(1, MOST_SNAPSHOTS)).orElse(usual.keepSnapshots));
    }
}
