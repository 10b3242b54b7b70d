/// The commands below runs: what became of each run.
@NullMarked
package dev.tactus.console.runs;

import org.jspecify.annotations.NullMarked;
