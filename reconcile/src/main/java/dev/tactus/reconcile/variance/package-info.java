/// Rows whose two sides differ, what people have decided about them, and whether that still holds.
@NullMarked
package dev.tactus.reconcile.variance;

import org.jspecify.annotations.NullMarked;
