/// Compaction, expiry of snapshots, deletion of orphan files.
@NullMarked
package dev.tactus.lake.maintenance;

import org.jspecify.annotations.NullMarked;
