package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.lake.backup.BackupFile;
import dev.tactus.lake.backup.BackupFiles;
import dev.tactus.lake.backup.LakeBackup;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Copies ledger and lake into a folder, as one consistent pair.",
            "Every data file is compared with its digest on the way. docs/backups.md says how to keep and rehearse"
                    + " them."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus backup /backups/tactus-2026-11-21")
public final class BackupCommand extends TactusCommand {
    /// The names of the two inside a backup.
    static final String LEDGER = "ledger.db";

    static final String LAKE = "lake";

    @Parameters(paramLabel = "DIR", description = "A folder that does not exist yet, or is empty.")
    private Path folder = Path.of("");

    public BackupCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Path into = folder.toAbsolutePath().normalize();
        BackupPlace.requireApart(into, configuration);
        BackupFiles list = new BackupFiles(into, options.console().machine().disk(), configuration.permissions());
        requireEmpty(into, list);
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("backup")) {
            // no process changes the lake while this one has the lock; closed before it is copied, nor does this one
            Stores.lakeToChange(configuration, ledger, options.console()).close();
            List<BackupFile> files = copy(ledger, lake(configuration), into, list, configuration.permissions());
            long bytes = files.stream().mapToLong(BackupFile::bytes).sum();
            return options.printResult(
                    JsonObject.of("folder", into.toString())
                            .put("files", files.size())
                            .put("bytes", bytes),
                    () -> List.of("copied ledger and lake to " + into + ": "
                            + HumanFormat.counted(files.size(), "file", "files") + ", " + HumanFormat.size(bytes)
                            + ". tactus restore " + into + " brings them back"));
        }
    }

    private List<BackupFile> copy(Ledger ledger, Path lake, Path into, BackupFiles list, FilePermissions permissions) {
        DiskListener disk = options.console().machine().disk();
        list.begin(List.of(LAKE, LEDGER, LEDGER + "-wal", LEDGER + "-shm", LEDGER + "-journal"));
        LakeBackup backup = new LakeBackup(into, LAKE, disk, permissions);
        List<BackupFile> files = new ArrayList<>(backup.make(lake));
        ledger.copyTo(into.resolve(LEDGER));
        files.add(backup.kept(LEDGER));
        list.write(files);
        return files;
    }

    private static Path lake(Configuration configuration) {
        try {
            return LocalLake.folder(
                            configuration,
                            "turn on the versions of the store itself, or copy the bucket with its own tools while no"
                                    + " command runs, with the ledger and the catalog's database")
                    .toRealPath();
        } catch (IOException e) {
            throw CommandFailure.failed("cannot read the lake " + configuration.lake() + ": " + IoErrorText.of(e));
        }
    }

    /// What a backup that was cut off has left is its own to do over.
    private static void requireEmpty(Path into, BackupFiles list) {
        if (!Files.exists(into) || list.cutOff()) {
            return;
        }
        try (Stream<Path> inside = Files.list(into)) {
            if (inside.findAny().isPresent()) {
                throw CommandFailure.usage(into + " is not empty: name a folder that is, or that does not exist yet");
            }
        } catch (IOException e) {
            throw CommandFailure.usage(into + " is not a readable folder: " + IoErrorText.of(e));
        }
    }
}
