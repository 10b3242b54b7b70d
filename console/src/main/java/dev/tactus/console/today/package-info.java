/// The command today: what needs somebody.
@NullMarked
package dev.tactus.console.today;

import org.jspecify.annotations.NullMarked;
