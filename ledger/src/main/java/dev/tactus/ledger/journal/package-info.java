/// The ledger's rows as text, in parts that lie in the lake, so that a ledger that is lost can be written anew.
@NullMarked
package dev.tactus.ledger.journal;

import org.jspecify.annotations.NullMarked;
