/// The commands below dead-letters: payloads that were set aside.
@NullMarked
package dev.tactus.console.deadletters;

import org.jspecify.annotations.NullMarked;
