/// Wiring; the only main.
///
/// It may use every room.
@NullMarked
package dev.tactus.console;

import org.jspecify.annotations.NullMarked;
