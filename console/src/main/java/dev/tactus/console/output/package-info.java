/// What a command prints, as words, tables, CSV and JSON, and the code it ends with.
@NullMarked
package dev.tactus.console.output;

import org.jspecify.annotations.NullMarked;
