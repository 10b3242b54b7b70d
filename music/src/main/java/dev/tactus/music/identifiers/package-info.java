/// The codes that recordings, releases and territories are known by: ISRC, UPC, ISO 3166.
@NullMarked
package dev.tactus.music.identifiers;

import org.jspecify.annotations.NullMarked;
