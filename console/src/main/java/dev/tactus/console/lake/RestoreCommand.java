package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.RestoreMark;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseLock;
import dev.tactus.database.DatabaseLocked;
import dev.tactus.lake.Lake;
import dev.tactus.lake.backup.BackupFile;
import dev.tactus.lake.backup.BackupFiles;
import dev.tactus.lake.backup.LakeBackup;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.table.LakeIdentity;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    private static final String COMMAND = "restore";

    /// The copy of the backup's ledger that is opened.
    private static final String COPY = "ledger.judged";

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
        try (DatabaseLock _ = lock(configuration)) {
            judge(configuration, backup, lake);
            makeRoom(configuration, backup);
            lake.restore(LocalLake.folder(configuration, RATHER));
            // last: without a ledger nobody works on the lake
            restoreLedger(configuration, lake);
            // its lock was made before it
            configuration.ledger().file().ifPresent(ledger -> Stores.permit(configuration, ledger));
            RestoreMark.of(configuration).remove(disk(configuration));
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

    /// That of the ledger, from before the backup is looked at until all is in place, whether there is a ledger or not.
    private DatabaseLock lock(Configuration configuration) throws IOException {
        Path locked = configuration
                .ledger()
                .file()
                .orElseGet(() -> RestoreMark.of(configuration).file());
        disk(configuration).createParent(locked);
        try {
            // not opened: it may be what is damaged
            return Ledger.lock(locked, COMMAND, options.console().clock());
        } catch (DatabaseLocked e) {
            if (e.holder().filter(holder -> holder.command().equals(COMMAND)).isPresent()) {
                throw CommandFailure.usage("another restore is running; nothing was touched. " + e.getMessage());
            }
            throw e;
        }
    }

    private DiskWriter disk(Configuration configuration) {
        return new DiskWriter(options.console().machine().disk(), configuration.permissions());
    }

    /// A folder of its own beside the ledger, where nothing of anybody else is; what a killed restore left goes first.
    private static Path workshop(Configuration configuration) throws IOException {
        Path folder = configuration.ownFolder().resolve(".tactus-restore");
        tidy(folder);
        return folder;
    }

    private static void tidy(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.toList()) {
                if (String.valueOf(file.getFileName()).startsWith(COPY)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }

    /// Before anything is moved aside or placed. Of the ledger a copy is opened: the backup stays as it is.
    private void judge(Configuration configuration, Path backup, LakeBackup files) {
        Path copy = configuration.ownFolder();
        try {
            Path workshop = workshop(configuration);
            copy = workshop.resolve(COPY);
            try {
                files.restore(BackupCommand.LEDGER, copy);
                try (Ledger ledger = Ledger.open(copy, options.console().clock())) {
                    ledger.requireSound(Long.MAX_VALUE);
                    Stores.requirePair(
                            ledger, LakePlace.in(backup.resolve(BackupCommand.LAKE)), configuration, options.console());
                }
            } finally {
                tidy(workshop);
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

    private void restoreLedger(Configuration configuration, LakeBackup backup) throws IOException {
        Optional<Path> file = configuration.ledger().file();
        if (file.isPresent()) {
            backup.restore(BackupCommand.LEDGER, file.orElseThrow());
            return;
        }
        Path workshop = workshop(configuration);
        Path copy = workshop.resolve(COPY);
        backup.restore(BackupCommand.LEDGER, copy);
        ServerLedgers.fill(configuration, copy, options.console());
        tidy(workshop);
    }

    private void makeRoom(Configuration configuration, Path backup) throws IOException {
        ServerLedgers.requireRoom(configuration, options.console());
        Optional<Path> ledger = configuration.ledger().file();
        boolean there =
                configuration.lake().exists() || ledger.filter(Files::exists).isPresent();
        if (there && !replace) {
            throw CommandFailure.usage(ledger.map(file -> "the ledger " + file + " or the lake " + configuration.lake()
                            + " already exists; --replace moves both aside. Nothing was touched")
                    .orElseGet(() -> "the lake " + configuration.lake()
                            + " already exists; --replace moves it aside. Nothing was touched"));
        }
        String since = options.console().clock().instant().toString();
        String now = ".replaced-" + since.replace(":", "");
        RestoreMark mark = RestoreMark.of(configuration);
        Optional<String> before = mark.cutOff();
        // a log that was moved already belongs to the ledger that is still there: one name for both
        String ending = before.filter(old -> !old.isEmpty() && ledger.isPresent())
                .filter(old -> !Files.exists(aside(ledger.orElseThrow(), old)))
                .orElse(now);
        mark.write(backup, since, ending, disk(configuration));
        Path lake = LocalLake.folder(configuration, RATHER);
        if (before.isEmpty()) {
            // whoever has put them there: what a restore writes first has these names
            moveAside(configuration, LakeBackup.draft(lake), now);
            if (ledger.isPresent()) {
                moveAside(configuration, LakeBackup.draft(ledger.get()), now);
            }
        }
        moveAside(configuration, lake, Files.exists(aside(lake, ending)) ? now : ending);
        if (ledger.isPresent()) {
            // the log first: beside another ledger it would be taken for that one's
            for (String part : List.of("-wal", "-shm", "")) {
                Path kept = aside(ledger.get(), ending + part);
                moveAside(
                        configuration,
                        aside(ledger.get(), part),
                        Files.exists(kept) ? aside(ledger.get(), now + part) : kept);
            }
        }
    }

    private static Path aside(Path present, String ending) {
        return present.resolveSibling(present.getFileName() + ending);
    }

    private void moveAside(Configuration configuration, Path present, String ending) throws IOException {
        moveAside(configuration, present, aside(present, ending));
    }

    private void moveAside(Configuration configuration, Path present, Path aside) throws IOException {
        if (Files.exists(present)) {
            DiskWriter disk = disk(configuration);
            disk.rename(present, aside);
            disk.forceFolder(aside.toAbsolutePath().getParent());
            options.say("kept " + present + " as " + aside);
        }
    }

    private long tie(Configuration configuration) {
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                DatabaseLock _ = ledger.lock(COMMAND);
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
