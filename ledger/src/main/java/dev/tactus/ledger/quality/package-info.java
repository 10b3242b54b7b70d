/// Data quality: dead letters, and differences between a source and the label's catalog.
@NullMarked
package dev.tactus.ledger.quality;

import org.jspecify.annotations.NullMarked;
