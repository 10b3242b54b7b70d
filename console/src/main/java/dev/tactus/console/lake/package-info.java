/// The commands below lake, and query.
@NullMarked
package dev.tactus.console.lake;

import org.jspecify.annotations.NullMarked;
