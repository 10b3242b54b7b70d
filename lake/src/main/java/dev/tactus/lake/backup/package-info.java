/// Copies of a lake that stands still, proven to be what it was, and brought back to any folder.
@NullMarked
package dev.tactus.lake.backup;

import org.jspecify.annotations.NullMarked;
