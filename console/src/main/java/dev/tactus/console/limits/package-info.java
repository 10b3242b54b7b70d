/// The commands below limits: what was learned of a source's limits, or is being waited out.
@NullMarked
package dev.tactus.console.limits;

import org.jspecify.annotations.NullMarked;
