/// Whether two titles or two credits mean the same, however they are written.
@NullMarked
package dev.tactus.music.matching;

import org.jspecify.annotations.NullMarked;
