/// The catalog, its snapshots and tags, and data files written so that Iceberg can take them.
@NullMarked
package dev.tactus.lake.iceberg;

import org.jspecify.annotations.NullMarked;
