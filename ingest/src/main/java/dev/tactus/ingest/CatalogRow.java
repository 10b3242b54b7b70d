package dev.tactus.ingest;

import dev.tactus.music.Recording;
import java.util.List;

/// What a row of the catalog says.
sealed interface CatalogRow {
    /// A recording, with what had to be left out of it.
    record Read(Recording recording, List<String> warnings) implements CatalogRow {
        public Read {
            warnings = List.copyOf(warnings);
        }
    }

    /// Nothing that could be used.
    record Unusable(String reason) implements CatalogRow {}
}
