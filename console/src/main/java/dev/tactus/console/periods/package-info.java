/// The commands reconcile, close, reopen and audit.
@NullMarked
package dev.tactus.console.periods;

import org.jspecify.annotations.NullMarked;
