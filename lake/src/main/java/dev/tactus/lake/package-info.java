/// Iceberg tables, exactly-once commits, SQL over them.
///
/// It may use digest and music.
@NullMarked
package dev.tactus.lake;

import org.jspecify.annotations.NullMarked;
