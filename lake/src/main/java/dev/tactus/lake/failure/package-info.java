/// What can go wrong with the lake, and whose fault it is.
@NullMarked
package dev.tactus.lake.failure;

import org.jspecify.annotations.NullMarked;
