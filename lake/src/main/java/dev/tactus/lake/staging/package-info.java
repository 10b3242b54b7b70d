/// Fetched rows on their way to the lake: chunks sealed into files that are on disk and not yet visible.
@NullMarked
package dev.tactus.lake.staging;

import org.jspecify.annotations.NullMarked;
