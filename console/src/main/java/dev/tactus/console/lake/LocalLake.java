package dev.tactus.console.lake;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.place.LakePlace;
import java.nio.file.Path;

/// The folder of a lake, for commands that only know folders.
final class LocalLake {
    private LocalLake() {}

    /// @param rather what people do where the lake is in a store
    /// @throws CommandFailure if it is
    static Path folder(Configuration configuration, String rather) {
        LakePlace lake = configuration.lake();
        if (lake.catalog() instanceof CatalogService service) {
            throw CommandFailure.usage("the catalog of the lake " + lake + " is kept by " + service
                    + ", and this command works on lakes in a folder with their own catalog only; nothing was touched."
                    + " Instead, " + rather);
        }
        return lake.folder()
                .orElseThrow(() -> CommandFailure.usage("the lake is at " + configuration.lake()
                        + ", and this command works on lakes in a folder only; nothing was touched. Instead, "
                        + rather));
    }
}
