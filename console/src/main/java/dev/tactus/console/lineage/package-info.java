/// Runs, imports and reconciliations told as OpenLineage events.
@NullMarked
package dev.tactus.console.lineage;

import org.jspecify.annotations.NullMarked;
