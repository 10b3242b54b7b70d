/// DuckDB in process: one bounded database a phase of work, and the SQL of the lake's tables.
@NullMarked
package dev.tactus.lake.duckdb;

import org.jspecify.annotations.NullMarked;
