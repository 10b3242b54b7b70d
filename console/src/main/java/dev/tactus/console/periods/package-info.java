/// The commands reconcile, close, reopen, periods list, audit and explain.
@NullMarked
package dev.tactus.console.periods;

import org.jspecify.annotations.NullMarked;
