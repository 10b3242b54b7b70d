/// The runs: how far each has come, what its summary says, and which alerts it sends.
@NullMarked
package dev.tactus.ledger.runs;

import org.jspecify.annotations.NullMarked;
