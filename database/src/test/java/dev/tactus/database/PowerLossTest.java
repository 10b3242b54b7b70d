package dev.tactus.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A commit is on disk when it returns: files put together from nothing but what was forced to disk have it.
@EnabledOnOs(value = OS.LINUX, disabledReason = "fsync is watched in SQLite's ELF library")
class PowerLossTest {
    @TempDir
    private Path folder;

    @Test
    void keepsEachCommitWhenThePowerFailsRightAfterIt() throws Exception {
        try (Database database = Notebook.open(folder.resolve("notebook.db"));
                ForcedFiles forced = ForcedFiles.in(folder)) {
            for (String line : new String[] {"first", "second", "third"}) {
                Notebook.write(database, line);
                Path disk = forced.copyTo(folder.resolve("power lost after the " + line));
                try (Database after = Notebook.open(disk.resolve("notebook.db"))) {
                    assertThat(Notebook.lines(after)).endsWith(line);
                }
            }
        }
    }
}
