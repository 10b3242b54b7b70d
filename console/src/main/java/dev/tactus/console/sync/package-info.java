/// The commands check, plan, sync, work and runs resume.
@NullMarked
package dev.tactus.console.sync;

import org.jspecify.annotations.NullMarked;
