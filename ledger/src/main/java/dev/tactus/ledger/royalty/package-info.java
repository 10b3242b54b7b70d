/// The royalty side: sales reports, the matches people made, periods closed and reopened.
@NullMarked
package dev.tactus.ledger.royalty;

import org.jspecify.annotations.NullMarked;
