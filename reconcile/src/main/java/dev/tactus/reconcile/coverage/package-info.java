/// Which recordings have a source on which days of a period, what reports cover, and whether it is complete enough to
/// close.
@NullMarked
package dev.tactus.reconcile.coverage;

import org.jspecify.annotations.NullMarked;
