/// Which recordings have a source on which days of a period, and whether it is complete enough to close.
@NullMarked
package dev.tactus.reconcile.coverage;

import org.jspecify.annotations.NullMarked;
