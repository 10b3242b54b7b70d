/// How values are kept in columns: ISRCs as numbers, lists as text, payloads compressed, ids from digests.
@NullMarked
package dev.tactus.ledger.codec;

import org.jspecify.annotations.NullMarked;
