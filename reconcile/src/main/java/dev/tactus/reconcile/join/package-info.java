/// API counts joined with report counts in a workbench: the query, the proof that nothing was lost in it, what it comes
/// to, and what it corrects of closed periods.
@NullMarked
package dev.tactus.reconcile.join;

import org.jspecify.annotations.NullMarked;
