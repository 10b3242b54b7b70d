/// What was let go, by whom and why: a chain to which records are only ever added.
@NullMarked
package dev.tactus.ledger.retention;

import org.jspecify.annotations.NullMarked;
