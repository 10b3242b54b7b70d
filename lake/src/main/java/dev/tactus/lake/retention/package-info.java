/// Bytes that are let go by their age: what was received goes, what was read from it and its digest stay.
@NullMarked
package dev.tactus.lake.retention;

import org.jspecify.annotations.NullMarked;
