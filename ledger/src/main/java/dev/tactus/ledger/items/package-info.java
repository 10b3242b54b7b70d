/// The work items of the runs: planned, open, and what became of each.
@NullMarked
package dev.tactus.ledger.items;

import org.jspecify.annotations.NullMarked;
