package dev.tactus.console.lake;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.IoErrorText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a backup is: apart from the lake and the ledger that it is a copy of, whatever links lead there. What befalls
/// them, and what moves them aside, would take it along.
final class BackupPlace {
    private BackupPlace() {}

    /// @throws CommandFailure if it is inside of one of them, or one of them inside of it
    static void requireApart(Path backup, Configuration configuration) {
        Path real = real(backup);
        own(configuration).forEach((path, what) -> {
            Path there = real(path);
            if (real.startsWith(there)) {
                throw CommandFailure.usage("the backup " + backup + " is in " + what + " " + path
                        + ", and would be lost together with it; nothing was touched. Name a folder elsewhere, best on"
                        + " another disk");
            }
            if (there.startsWith(real)) {
                throw CommandFailure.usage(what + " " + path + " is in the backup " + backup
                        + "; nothing was touched. Name another folder for the backup, or another place in tactus.yaml");
            }
        });
    }

    /// What is written, and what is deleted where a restore was cut off.
    private static Map<Path, String> own(Configuration configuration) {
        Map<Path, String> own = new LinkedHashMap<>();
        configuration.lake().folder().ifPresent(lake -> {
            own.put(lake, "the lake");
            own.put(lake.resolveSibling(lake.getFileName() + ".restoring"), "what restore writes first,");
        });
        configuration.ledger().file().ifPresent(ledger -> own.put(ledger, "the ledger"));
        return own;
    }

    /// Its path without links; of what is not there, that of its folder.
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (!Files.exists(absolute) && parent != null) {
            return real(parent).resolve(absolute.getFileName());
        }
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read " + absolute + ": " + IoErrorText.of(e));
        }
    }
}
