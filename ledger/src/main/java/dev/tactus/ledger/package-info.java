/// What was planned, done and learned.
/// It may use digest, limits and music.
@NullMarked
package dev.tactus.ledger;

import org.jspecify.annotations.NullMarked;
