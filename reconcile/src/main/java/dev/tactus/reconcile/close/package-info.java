/// Periods closed for good, and opened again on the record.
@NullMarked
package dev.tactus.reconcile.close;

import org.jspecify.annotations.NullMarked;
