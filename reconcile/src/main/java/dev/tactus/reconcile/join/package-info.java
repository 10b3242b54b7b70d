/// API counts joined with report counts: the query, the proof that nothing was lost in it, and its sums.
@NullMarked
package dev.tactus.reconcile.join;

import org.jspecify.annotations.NullMarked;
