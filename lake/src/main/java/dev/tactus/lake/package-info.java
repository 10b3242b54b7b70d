/// Iceberg tables, exactly-once commits, snapshots, SQL over them.
///
/// It may use music.
@NullMarked
package dev.tactus.lake;

import org.jspecify.annotations.NullMarked;
