/// The commands below drift: differences from the master catalog.
@NullMarked
package dev.tactus.console.drift;

import org.jspecify.annotations.NullMarked;
