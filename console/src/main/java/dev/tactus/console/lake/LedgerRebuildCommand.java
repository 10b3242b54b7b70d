package dev.tactus.console.lake;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.LakeJournal;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import dev.tactus.database.DatabaseAddress;
import dev.tactus.database.DatabaseFailure;
import dev.tactus.database.DatabaseLock;
import dev.tactus.database.DatabaseLocked;
import dev.tactus.ingest.RebuiltRuns;
import dev.tactus.lake.Lake;
import dev.tactus.lake.LakeOwnership;
import dev.tactus.lake.table.LakeIdentity;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.Bond;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.reconcile.close.RebuiltCloses;
import dev.tactus.reconcile.retention.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "rebuild",
        description = {
            "Rebuilds a lost, outdated or emptied ledger from the lake.",
            "Uses the journal in the lake, its snapshots and the manifests of closes; people's decisions are included.",
            "An existing ledger is kept beside the new one. Prints what could not be recovered; tactus audit proves"
                    + " the rest."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus ledger rebuild")
public final class LedgerRebuildCommand extends TactusCommand {
    private static final String COMMAND = "ledger rebuild";
    private static final List<String> ENDINGS = List.of("-wal", "-shm", "");

    /// Runs and reports are called by the second they began in.
    private static final Pattern BEGUN = Pattern.compile("\\d{8}T\\d{6}Z-.+");

    public LedgerRebuildCommand(CommandOptions options) {
        super(options);
    }

    /// What was done beside reading the journal, and what could not be.
    private record Rebuilt(int runs, int reports, int closes, List<String> settled, List<String> lost) {}

    @Override
    public Integer call() {
        Configuration configuration = options.configuration();
        Stores.requirePlaced(configuration);
        if (!configuration.lake().exists()) {
            throw CommandFailure.usage("there is no lake " + configuration.lake() + " to make a ledger from");
        }
        LakeIdentity identity = LakeOwnership.of(configuration.lake())
                .orElseThrow(() -> CommandFailure.usage("the lake " + configuration.lake()
                        + " was never tied to a ledger by this version; restore both from a backup"));
        LakeJournal journal = Stores.journal(configuration, options.console());
        if (!journal.exists()) {
            throw CommandFailure.usage(
                    "the lake " + configuration.lake() + " has no journal: earlier versions kept none."
                            + " Bring both back from a backup (tactus restore)");
        }
        try {
            Path draft = configuration
                    .ledger()
                    .file()
                    .map(file -> file.resolveSibling(file.getFileName() + ".rebuilding"))
                    .orElseGet(() -> configuration.ownFolder().resolve("ledger.rebuilding"));
            ServerLedgers.requireRoom(configuration, options.console());
            refuseOlderLake(configuration, identity);
            delete(draft);
            Rebuilt rebuilt = rebuild(configuration, journal, identity, draft);
            refuseToForget(configuration, identity, draft);
            replace(configuration, identity, draft);
            try (Ledger ledger = Stores.ledgerToChange(configuration, options.console());
                    DatabaseLock _ = ledger.lock(COMMAND)) {
                // the journal follows
                Stores.lakeToChange(configuration, ledger, options.console()).close();
            }
            return end(configuration, rebuilt);
        } catch (IOException e) {
            throw CommandFailure.failed(
                    "cannot rebuild the ledger: " + IoErrorText.of(e) + "; run the same command again");
        }
    }

    /// A ledger that knows of more changes than the lake has is not what has to be mended: what it knows would be lost.
    private void refuseOlderLake(Configuration configuration, LakeIdentity identity) {
        Path file = configuration.ledger().file().orElse(Path.of(""));
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (Ledger old = Ledger.open(file, options.console().clock())) {
            Bond bond = old.bonds().get();
            if (bond.lakeId().filter(identity.lakeId()::equals).isPresent() && bond.epoch() > identity.epoch()) {
                throw CommandFailure.usage("the lake " + configuration.lake() + " is older than the ledger " + file
                        + ": it has " + identity.epoch() + " changes, and the ledger knows " + bond.epoch() + ", "
                        + HumanFormat.counted(
                                old.periods().list().size(), "close or reopening", "closes and reopenings")
                        + " among them; nothing was touched. Bring the lake back as it was (tactus restore), or move"
                        + " the ledger aside to go on from the older lake without what came after");
            }
        } catch (DatabaseLocked held) {
            throw held;
        } catch (DatabaseFailure damaged) {
            options.say("the ledger " + file + " can't be read: " + damaged.getMessage());
        }
    }

    /// A ledger that has gone on apart from the lake may know of closes and reports that the lake has never seen.
    private void refuseToForget(Configuration configuration, LakeIdentity identity, Path draft) throws IOException {
        Path file = configuration.ledger().file().orElse(Path.of(""));
        if (!Files.isRegularFile(file)) {
            return;
        }
        List<String> forgotten = new ArrayList<>();
        try (Ledger old = Ledger.open(file, options.console().clock());
                Ledger made = Ledger.open(draft, options.console().clock())) {
            Bond bond = old.bonds().get();
            boolean same = bond.epoch() == identity.epoch()
                    && bond.mark().filter(identity.mark()::equals).isPresent();
            if (!same && bond.lakeId().filter(identity.lakeId()::equals).isPresent()) {
                forgotten.addAll(only(old.periods().list(), made.periods().list(), LedgerRebuildCommand::named));
                forgotten.addAll(only(old.reports().list(), made.reports().list(), Report::id));
            }
        } catch (DatabaseLocked held) {
            throw held;
        } catch (DatabaseFailure damaged) {
            options.say("the ledger " + file + " can't be read: " + damaged.getMessage());
        }
        if (!forgotten.isEmpty()) {
            delete(draft);
            throw CommandFailure.usage("the ledger " + file + " and the lake " + configuration.lake()
                    + " went on apart from one another: of the closes and reports that the ledger knows, the lake lacks "
                    + String.join(", ", forgotten)
                    + "; nothing was touched. Bring both back as one pair (tactus restore"
                    + " DIR --replace), or move the ledger aside to go on from the lake without them");
        }
    }

    /// Two that went on apart call their closes alike.
    private static String named(PeriodRecord close) {
        return close.id() + " by " + close.by() + " (manifest "
                + close.manifestSha256().substring(0, 12) + ")";
    }

    private static <T> List<String> only(List<T> old, List<T> made, Function<T, String> id) {
        Set<String> there = made.stream().map(id).collect(Collectors.toSet());
        return old.stream().map(id).filter(one -> !there.contains(one)).toList();
    }

    private Rebuilt rebuild(Configuration configuration, LakeJournal journal, LakeIdentity identity, Path draft) {
        try (Ledger ledger = Ledger.open(
                        DatabaseAddress.of(draft),
                        options.console().clock(),
                        options.console().machine().ledger());
                Lake lake = Stores.anyLake(configuration, options.console())) {
            List<String> lost = new ArrayList<>(journal.readInto(ledger));
            ledger.bonds().assume(identity.ledgerId());
            ledger.bonds().tie(identity.lakeId(), configuration.lake().toString(), identity.epoch(), identity.mark());
            List<String> settled = new ArrayList<>(new RebuiltRuns(ledger, lake).settle());
            settled.addAll(new RebuiltCloses(ledger, lake).settle());
            settled.addAll(new Retention(
                            ledger,
                            lake,
                            configuration.services(),
                            options.console().clock(),
                            LakeRetainCommand.MEGABYTES)
                    .settle());
            lake.changes().stream()
                    .filter(id -> BEGUN.matcher(id).matches())
                    .filter(id -> ledger.runs().find(id).isEmpty()
                            && ledger.reports().find(id).isEmpty())
                    .sorted()
                    .forEach(id -> lost.add(id + ": it is in the lake, and the journal does not know it"));
            return new Rebuilt(
                    ledger.runs().list().size(),
                    ledger.reports().list().size(),
                    ledger.periods().list().size(),
                    settled,
                    lost);
        }
    }

    /// Puts the new ledger where the old one was, which is kept beside it.
    private void replace(Configuration configuration, LakeIdentity identity, Path draft) throws IOException {
        if (configuration.ledger().file().isEmpty()) {
            ServerLedgers.fill(configuration, draft, options.console());
            delete(draft);
            return;
        }
        Path file = configuration.ledger().file().orElseThrow();
        if (Files.exists(file)) {
            try (Ledger old = Ledger.open(file, options.console().clock());
                    DatabaseLock _ = old.lock(COMMAND)) {
                Bond bond = old.bonds().get();
                if (bond.lakeId().filter(id -> !id.equals(identity.lakeId())).isPresent()) {
                    throw CommandFailure.usage("the ledger " + file + " belongs to another lake, last at "
                            + bond.lakePath() + "; nothing was touched. Name another file under `ledger:`");
                }
            } catch (DatabaseLocked held) {
                throw held;
            } catch (DatabaseFailure damaged) {
                options.say("the ledger " + file + " can't be read: " + damaged.getMessage());
            }
            String time = options.console().clock().instant().toString().replace(":", "");
            for (String ending : ENDINGS) {
                Path part = file.resolveSibling(file.getFileName() + ending);
                if (Files.exists(part)) {
                    Files.move(part, file.resolveSibling(file.getFileName() + ".replaced-" + time + ending));
                }
            }
            options.say("kept " + file + " as " + file + ".replaced-" + time);
        }
        Files.move(draft, file);
        Stores.permit(configuration, file);
    }

    private static void delete(Path draft) throws IOException {
        for (String ending : ENDINGS) {
            Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + ending));
        }
    }

    private int end(Configuration configuration, Rebuilt rebuilt) {
        return options.printResult(
                JsonObject.of("ledger", configuration.ledger().toString())
                        .put("runs", rebuilt.runs())
                        .put("reports", rebuilt.reports())
                        .put("closes", rebuilt.closes())
                        .put("settled", rebuilt.settled())
                        .put("lost", rebuilt.lost()),
                () -> {
                    List<String> lines = new ArrayList<>();
                    lines.add("made " + configuration.ledger() + " anew: "
                            + HumanFormat.counted(rebuilt.runs(), "run", "runs") + ", "
                            + HumanFormat.counted(rebuilt.reports(), "report", "reports") + ", "
                            + HumanFormat.counted(rebuilt.closes(), "close or reopening", "closes and reopenings"));
                    rebuilt.settled().forEach(line -> lines.add("settled: " + line));
                    rebuilt.lost().forEach(line -> lines.add("could not: " + line));
                    lines.add(
                            rebuilt.lost().isEmpty()
                                    ? "nothing is missing; tactus audit proves it"
                                    : "tactus audit says what can be proven without that");
                    return lines;
                });
    }
}
