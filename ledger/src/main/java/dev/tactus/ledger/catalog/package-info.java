/// The label's recordings, and what each source is known to say of them: ids, tracks, limits.
@NullMarked
package dev.tactus.ledger.catalog;

import org.jspecify.annotations.NullMarked;
