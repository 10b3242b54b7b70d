/// The join of a reconciliation on Spark, from the same SQL that DuckDB is given. It may use lake.
@NullMarked
package dev.tactus.spark;

import org.jspecify.annotations.NullMarked;
