/// The command line and wiring; the only main.
///
/// It may use every room.
@NullMarked
package dev.tactus.console;

import org.jspecify.annotations.NullMarked;
