/// A sales report into Parquet, here and by DuckDB. It may use every room.
@NullMarked
package dev.tactus.bench.reports;

import org.jspecify.annotations.NullMarked;
