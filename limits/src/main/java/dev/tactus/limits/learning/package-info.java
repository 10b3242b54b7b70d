/// Finds out the ceiling that a server doesn't state, from what it accepts and refuses.
@NullMarked
package dev.tactus.limits.learning;

import org.jspecify.annotations.NullMarked;
