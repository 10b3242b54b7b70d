/// The commands check, plan and sync.
@NullMarked
package dev.tactus.console.sync;

import org.jspecify.annotations.NullMarked;
