/// SQL over the tables: one person's SELECT, or a workbench over pinned snapshots.
@NullMarked
package dev.tactus.lake.query;

import org.jspecify.annotations.NullMarked;
