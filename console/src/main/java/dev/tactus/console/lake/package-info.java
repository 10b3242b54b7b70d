/// The commands below lake; query, backup and restore.
@NullMarked
package dev.tactus.console.lake;

import org.jspecify.annotations.NullMarked;
