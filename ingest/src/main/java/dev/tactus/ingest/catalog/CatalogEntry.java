package dev.tactus.ingest.catalog;

import dev.tactus.music.Recording;
import java.util.List;

/// What a row of the catalog says.
sealed interface CatalogEntry {
    /// A recording, with what had to be left out of it.
    record Read(Recording recording, List<String> warnings) implements CatalogEntry {
        public Read {
            warnings = List.copyOf(warnings);
        }
    }

    /// Nothing that could be used.
    record Unusable(String reason) implements CatalogEntry {}
}
