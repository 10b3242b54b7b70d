/// The full outer join of API counts and report counts in a workbench, its sums, and the proof that nothing was lost
/// in it.
@NullMarked
package dev.tactus.reconcile.join;

import org.jspecify.annotations.NullMarked;
