/// Periods: reconciled, corrected after they were closed, closed for good and reopened.
@NullMarked
package dev.tactus.reconcile.close;

import org.jspecify.annotations.NullMarked;
