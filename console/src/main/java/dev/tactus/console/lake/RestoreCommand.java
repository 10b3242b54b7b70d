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
import dev.tactus.lake.Lake;
import dev.tactus.lake.backup.BackupFile;
import dev.tactus.lake.backup.BackupFiles;
import dev.tactus.lake.backup.LakeBackup;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.table.LakeIdentity;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Restores ledger and lake from a backup.",
            "They go where the configuration says, which may be another folder or machine.",
            "The backup is verified first. An existing ledger and lake are moved aside with --replace, and refused"
                    + " without it."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus restore /backups/tactus-2026-11-21")
public final class RestoreCommand extends TactusCommand {
    @Parameters(paramLabel = "DIR", description = "What tactus backup has written.")
    private Path folder = Path.of("");

    @Option(
            names = "--replace",
            description = "Move an existing ledger and lake aside, to names that end in .replaced-TIME.")
    private boolean replace;

    private static final String RATHER =
            "bring it back with the versions or copies that the store itself keeps, and the ledger and the catalog's"
                    + " database of the same moment";

    public RestoreCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        LocalLake.folder(configuration, RATHER);
        Path backup = folder.toAbsolutePath().normalize();
        BackupFiles list = new BackupFiles(backup, options.console().machine().disk(), configuration.permissions());
        if (!list.exists()) {
            throw CommandFailure.usage(
                    backup + " holds no complete backup: tactus backup writes SHA256SUMS into it last");
        }
        BackupPlace.requireApart(backup, configuration);
        List<BackupFile> files = list.read();
        LakeBackup lake = new LakeBackup(
                backup, BackupCommand.LAKE, options.console().machine().disk(), configuration.permissions());
        lake.verify(files);
        judge(configuration, backup, lake);
        try {
            makeRoom(configuration);
            lake.restore(LocalLake.folder(configuration, RATHER));
            // last: without a ledger nobody works on the lake
            restoreLedger(configuration, lake);
        } catch (IOException e) {
            throw CommandFailure.failed("cannot restore the backup: " + IoErrorText.of(e)
                    + ". What was there before stands beside it; run the same command again");
        }
        long changes = tie(configuration);
        return options.printResult(
                JsonObject.of("folder", backup.toString())
                        .put("files", files.size())
                        .put("ledger", configuration.ledger().toString())
                        .put("lake", configuration.lake().toString())
                        .put("epoch", changes),
                () -> List.of("restored " + HumanFormat.counted(files.size(), "file", "files") + ", each verified: "
                        + configuration.ledger() + " and " + configuration.lake() + ", after "
                        + HumanFormat.counted(changes, "change", "changes") + " of the lake"));
    }

    /// Before anything is moved aside or placed. Of the ledger a copy is opened: the backup stays as it is.
    private void judge(Configuration configuration, Path backup, LakeBackup files) {
        Path copy = configuration.ownFolder().resolve("ledger.judged");
        try {
            try {
                files.restore(BackupCommand.LEDGER, copy);
                try (Ledger ledger = Ledger.open(copy, options.console().clock())) {
                    ledger.requireSound(Long.MAX_VALUE);
                    Stores.requirePair(
                            ledger, LakePlace.in(backup.resolve(BackupCommand.LAKE)), configuration, options.console());
                }
            } finally {
                delete(copy);
            }
        } catch (CommandFailure e) {
            throw CommandFailure.usage("the ledger and the lake in " + backup + " are no pair: "
                    + String.valueOf(e.getMessage())
                            .replace(
                                    copy.toString(),
                                    backup.resolve(BackupCommand.LEDGER).toString())
                    + ". Use a backup whose files one tactus backup has written");
        } catch (IOException e) {
            throw CommandFailure.failed("cannot look at the backup: " + IoErrorText.of(e) + ". Nothing was touched");
        }
    }

    private static void delete(Path ledger) throws IOException {
        for (String ending : List.of("-wal", "-shm", "")) {
            Files.deleteIfExists(ledger.resolveSibling(ledger.getFileName() + ending));
        }
    }

    private void restoreLedger(Configuration configuration, LakeBackup backup) throws IOException {
        Optional<Path> file = configuration.ledger().file();
        if (file.isPresent()) {
            backup.restore(BackupCommand.LEDGER, file.orElseThrow());
            return;
        }
        Path copy = configuration.ownFolder().resolve("ledger.restoring");
        backup.restore(BackupCommand.LEDGER, copy);
        ServerLedgers.fill(configuration, copy, options.console());
        delete(copy);
    }

    private void makeRoom(Configuration configuration) throws IOException {
        ServerLedgers.requireRoom(configuration, options.console());
        if (configuration.ledger().file().isEmpty()) {
            if (configuration.lake().exists() && !replace) {
                throw CommandFailure.usage("the lake " + configuration.lake()
                        + " already exists; --replace moves it aside. Nothing was touched");
            }
            Path lake = LocalLake.folder(configuration, RATHER);
            moveAside(lake, lake.getFileName() + ending());
            return;
        }
        Path ledger = configuration.ledger().file().orElseThrow();
        boolean there = Files.exists(ledger) || configuration.lake().exists();
        if (there && !replace) {
            throw CommandFailure.usage("the ledger " + ledger + " or the lake " + configuration.lake()
                    + " already exists; --replace moves both aside. Nothing was touched");
        }
        if (Files.exists(ledger)) {
            // not opened: it may be what is damaged
            try (DatabaseLock _ =
                    Ledger.lock(ledger, "restore", options.console().clock())) {
                moveAside(configuration, ledger);
            }
        } else {
            moveAside(configuration, ledger);
        }
    }

    private String ending() {
        return ".replaced-" + options.console().clock().instant().toString().replace(":", "");
    }

    private void moveAside(Configuration configuration, Path ledger) throws IOException {
        Path lake = LocalLake.folder(configuration, RATHER);
        String ending = ending();
        moveAside(lake, lake.getFileName() + ending);
        // the log first: beside another ledger it would be taken for that one's
        for (String part : List.of("-wal", "-shm", "")) {
            moveAside(ledger.resolveSibling(ledger.getFileName() + part), ledger.getFileName() + ending + part);
        }
    }

    private void moveAside(Path present, String name) throws IOException {
        if (Files.exists(present)) {
            Path aside = present.resolveSibling(name);
            Files.move(present, aside);
            options.say("kept " + present + " as " + aside);
        }
    }

    private long tie(Configuration configuration) {
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock("restore");
                Lake lake = Stores.lakeToChange(configuration, ledger, options.console())) {
            LakeIdentity there = lake.ownership()
                    .belongTo(
                            ledger.bonds().get().ledgerId(),
                            configuration.ledger().toString());
            ledger.bonds().tie(there.lakeId(), configuration.lake().toString(), there.epoch(), there.mark());
            return there.epoch();
        }
    }
}
