package dev.tactus.console;

import dev.tactus.lake.Lake;
import dev.tactus.lake.LakeSettings;
import java.nio.file.Files;

/// Opens the lake a configuration names.
final class Lakes {
    private Lakes() {}

    /// The lake that is there, for reading or looking after it; a reader does not make one.
    static Lake existing(Configuration configuration) {
        if (!Files.isDirectory(configuration.lake())) {
            throw Failure.usage("there is no lake " + configuration.lake()
                    + " yet: the first tactus sync or reports import makes it");
        }
        return open(configuration);
    }

    static Lake open(Configuration configuration) {
        return Lake.open(configuration.lake(), LakeSettings.defaults());
    }
}
