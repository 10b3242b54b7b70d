package dev.tactus.console.command;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.lake.Lake;
import dev.tactus.lake.table.LakeSettings;
import java.nio.file.Files;

/// Opens the lake a configuration names.
public final class LakeAccess {
    private LakeAccess() {}

    /// The lake that is there, for reading or looking after it; a reader does not make one.
    public static Lake existing(Configuration configuration) {
        if (!Files.isDirectory(configuration.lake())) {
            throw CommandFailure.usage("there is no lake " + configuration.lake()
                    + " yet: the first tactus sync or reports import makes it");
        }
        return open(configuration);
    }

    public static Lake open(Configuration configuration) {
        return Lake.open(configuration.lake(), LakeSettings.defaults());
    }
}
