package dev.tactus.lake.table;

import java.util.Optional;

/// What a snapshot says of the change that made it.
///
/// @param publication the id of the change; absent for maintenance, and for what another program committed
/// @param runId the run it belongs to, or the change's own id where no run made it
/// @param maintenance whether it has the same rows as the one before, in other files
public record SnapshotRecord(long id, Optional<String> publication, Optional<String> runId, boolean maintenance) {}
