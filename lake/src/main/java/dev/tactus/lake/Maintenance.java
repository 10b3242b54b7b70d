package dev.tactus.lake;

import java.nio.file.Path;
import java.util.List;

final class Maintenance {
    Maintenance(Tables tables, LakeSettings settings, Path folder, MaintenanceSettings maintenance) {}

    MaintenanceReport run() {
        return new MaintenanceReport(List.of(), 0, 0, 0);
    }
}
