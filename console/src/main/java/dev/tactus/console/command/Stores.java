package dev.tactus.console.command;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.lake.Lake;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Opens the ledger and the lake that a configuration names.
public final class Stores {
    /// Pages of a ledger up to this size are looked at before each change, in less than a second.
    private static final long QUICKLY = 256L << 20;

    private Stores() {}

    /// The ledger for reading, beside whoever works on it.
    public static Ledger ledgerToRead(Configuration configuration, Console console) {
        requirePlaced(configuration);
        return together(
                configuration,
                Ledger.openForReading(configuration.ledger(), console.clock())
                        .orElseThrow(() -> missingLedger(configuration)),
                console);
    }

    /// The ledger that is there, for a change.
    public static Ledger ledgerToChange(Configuration configuration, Console console) {
        requireLedger(configuration);
        Ledger ledger = together(
                configuration,
                Ledger.open(
                        configuration.ledger(),
                        console.clock(),
                        console.machine().ledger()),
                console);
        return sound(configuration, ledger, console);
    }

    /// The same, all of its pages looked at however large it is, for what can't be taken back.
    public static Ledger wholeLedgerToChange(Configuration configuration, Console console) {
        Ledger ledger = ledgerToChange(configuration, console);
        return checked(ledger, () -> ledger.requireSound(Long.MAX_VALUE));
    }

    private static Ledger sound(Configuration configuration, Ledger ledger, Console console) {
        return checked(ledger, () -> {
            ledger.requireSound(QUICKLY);
            journal(configuration, console).requireSealed(ledger);
        });
    }

    /// The ledger, unless it is not that of the lake, or older or newer than it; it is closed then.
    ///
    /// @throws CommandFailure if it is
    private static Ledger together(Configuration configuration, Ledger ledger, Console console) {
        return checked(ledger, () -> check(configuration, ledger, console).requireTogether());
    }

    /// Before a ledger and a lake are put to use: the two belong together, neither is older, and no other hand was at
    /// the
    /// ledger.
    ///
    /// @param lake the place of a lake that is not opened
    /// @throws CommandFailure if they do not
    public static void requirePair(Ledger ledger, LakePlace lake, Configuration configuration, Console console) {
        LakeJournal journal = new LakeJournal(lake, console.machine().disk(), configuration.permissions());
        new BondCheck(ledger, lake, journal).requireTogether();
        journal.requireSealed(ledger);
    }

    /// Before a ledger or a lake is opened, made, or said to be missing.
    ///
    /// @throws CommandFailure if a restore was cut off before both were in place
    public static void requirePlaced(Configuration configuration) {
        RestoreMark.requireNone(configuration);
    }

    public static void requireLedger(Configuration configuration) {
        requirePlaced(configuration);
        if (!Ledger.exists(configuration.ledger())) {
            throw missingLedger(configuration);
        }
    }

    /// One that was lost is not told to begin anew.
    private static CommandFailure missingLedger(Configuration configuration) {
        requireNobodysLake(configuration);
        return missing("ledger " + configuration.ledger());
    }

    /// The ledger, made where there is none, its folder too.
    ///
    /// @throws CommandFailure if the lake belongs to a ledger that is gone
    public static Ledger makeLedger(Configuration configuration, Console console) {
        requirePlaced(configuration);
        boolean made = !Ledger.exists(configuration.ledger());
        if (made) {
            requireNobodysLake(configuration);
        }
        Optional<Path> file = configuration.ledger().file();
        file.ifPresent(there -> makeFolder(configuration, there));
        Ledger ledger = Ledger.open(
                configuration.ledger(), console.clock(), console.machine().ledger());
        if (made) {
            file.ifPresent(there -> permit(configuration, there));
            return ledger;
        }
        return sound(configuration, ledger, console);
    }

    private static void makeFolder(Configuration configuration, Path file) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Disk.createFolder(folder, configuration.permissions());
            }
        } catch (IOException e) {
            throw CommandFailure.failed("cannot make the folder of the ledger " + file + ": " + IoErrorText.of(e));
        }
    }

    /// Lets those read a ledger that was just made who may: it is made for its owner alone.
    public static void permit(Configuration configuration, Path ledger) {
        try {
            // what SQLite puts beside a database later has the same permissions
            for (String ending : List.of("", "-wal", "-shm", ".lock")) {
                Path file = ledger.resolveSibling(ledger.getFileName() + ending);
                if (Files.exists(file)) {
                    configuration.permissions().file(file);
                }
            }
        } catch (IOException e) {
            throw CommandFailure.failed("cannot give the ledger " + ledger + " its permissions: " + IoErrorText.of(e));
        }
    }

    /// Before a ledger is made.
    ///
    /// @throws CommandFailure if the lake belongs to one that is gone
    public static void requireNobodysLake(Configuration configuration) {
        requirePlaced(configuration);
        BondCheck.requireNobodys(configuration.lake(), configuration.ledger());
    }

    /// The lake that is there, for reading; beside its ledger, where there is one.
    ///
    /// @throws CommandFailure if the two do not belong together, or one is older than the other
    public static Lake lakeToRead(Configuration configuration, Console console) {
        requirePlaced(configuration);
        Ledger.openForReading(configuration.ledger(), console.clock())
                .ifPresent(ledger -> together(configuration, ledger, console).close());
        return lake(configuration, console);
    }

    /// The lake that is there, whatever ledger it belongs to.
    public static Lake anyLake(Configuration configuration, Console console) {
        return lake(configuration, console);
    }

    /// A lake without rows and without a ledger, made where there is none.
    public static Lake emptyLake(Configuration configuration, Console console) {
        return openLake(configuration, console);
    }

    /// After a decision of a person that changed the ledger alone: copies it to the lake.
    public static void copyToLake(Configuration configuration, Ledger ledger, Console console) {
        if (configuration.lake().exists()) {
            journal(configuration, console).write(ledger);
        }
    }

    /// After a decision of a person that money follows, and that no table has: counted as a change of the lake, and
    /// copied
    /// to it. The ledger's lock has to be held.
    public static void countInLake(Configuration configuration, Ledger ledger, Console console) {
        if (configuration.lake().exists()) {
            try (Lake lake = lakeToChange(configuration, ledger, console)) {
                lake.count();
            }
        }
    }

    private static BondCheck check(Configuration configuration, Ledger ledger, Console console) {
        requirePlaced(configuration);
        return new BondCheck(ledger, configuration.lake(), journal(configuration, console));
    }

    /// The copy of the ledger in the lake.
    public static LakeJournal journal(Configuration configuration, Console console) {
        return new LakeJournal(configuration.lake(), console.machine().disk(), configuration.permissions());
    }

    private static Lake lake(Configuration configuration, Console console) {
        requirePlaced(configuration);
        if (!configuration.lake().exists()) {
            throw missing("lake " + configuration.lake());
        }
        return openLake(configuration, console);
    }

    /// The lake that is there, for reading beside its ledger.
    ///
    /// @throws CommandFailure if the two do not belong together, or one is older than the other
    public static Lake lake(Configuration configuration, Ledger ledger, Console console) {
        check(configuration, ledger, console).requireLake();
        Lake lake = lake(configuration, console);
        return checked(
                lake,
                () -> check(configuration, ledger, console)
                        .requireTogether(() -> lake.ownership().identity()));
    }

    /// The lake that is there, for a change by the holder of its ledger's lock.
    ///
    /// @throws CommandFailure if the two do not belong together, or one is older than the other
    public static Lake lakeToChange(Configuration configuration, Ledger ledger, Console console) {
        check(configuration, ledger, console).requireLake();
        Lake lake = lake(configuration, console);
        return checked(lake, () -> check(configuration, ledger, console).bind(lake));
    }

    /// The same, made where there is none.
    public static Lake makeLake(Configuration configuration, Ledger ledger, Console console) {
        check(configuration, ledger, console).requireLake();
        Lake lake = openLake(configuration, console);
        return checked(lake, () -> check(configuration, ledger, console).bind(lake));
    }

    /// The lake that is there, beside its ledger, for whoever changes nothing of it, not even what is missing.
    ///
    /// @throws CommandFailure if the two do not belong together, or one is older than the other
    public static Lake lakeAsItIs(Configuration configuration, Ledger ledger, Console console) {
        check(configuration, ledger, console).requireLake();
        if (!configuration.lake().exists()) {
            throw missing("lake " + configuration.lake());
        }
        Lake lake = Lake.openAsItIs(
                configuration.lake(),
                settings(configuration),
                console.clock(),
                console.machine().disk());
        return checked(
                lake,
                () -> check(configuration, ledger, console)
                        .requireTogether(() -> lake.ownership().identity()));
    }

    private static LakeSettings settings(Configuration configuration) {
        return LakeSettings.defaults().withPermissions(configuration.permissions());
    }

    private static Ledger checked(Ledger ledger, Runnable check) {
        closedUnless(check, ledger::close);
        return ledger;
    }

    private static Lake checked(Lake lake, Runnable check) {
        closedUnless(check, lake::close);
        return lake;
    }

    private static void closedUnless(Runnable check, Runnable close) {
        try {
            check.run();
        } catch (RuntimeException e) {
            close.run();
            throw e;
        }
    }

    private static Lake openLake(Configuration configuration, Console console) {
        requirePlaced(configuration);
        return Lake.open(
                configuration.lake(),
                settings(configuration),
                console.clock(),
                console.machine().disk());
    }

    private static CommandFailure missing(String what) {
        return CommandFailure.usage("there is no " + what + " yet; tactus sync and tactus reports import make it");
    }
}
