/// The vocabulary of recordings: ISRC, track, credit, territory, dataset; normalising, matching, drift.
/// It may use the JDK only.
@NullMarked
package dev.tactus.music;

import org.jspecify.annotations.NullMarked;
