package dev.tactus.console.sync;

import dev.tactus.console.command.CommandErrors;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.HomeSection;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.periods.Statements;
import dev.tactus.database.DatabaseFailure;
import dev.tactus.database.DatabaseLock;
import dev.tactus.database.DatabaseLocked;
import dev.tactus.lake.Lake;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.reconcile.ExchangeRates;
import dev.tactus.reconcile.statements.ExpectedStatement;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.gate.PaymentCheck.PaymentDifference;
import dev.tactus.reports.gate.Remittances;
import dev.tactus.source.Source;
import dev.tactus.source.profile.SourceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "check",
        description = {
            "Checks that configuration, credentials, catalog, ledger and lake are ready.",
            "Each line says ok or what to do. Makes at most one call per source, for a token or to try a key."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tactus check", "  tactus check --config labels/north.yaml --json"})
public final class CheckCommand extends TactusCommand {
    /// One thing checked.
    private record CheckResult(String what, boolean ok, String says) {}

    /// Checks one thing and says how it is; throws what a run would.
    private interface Look {
        String at() throws InterruptedException;
    }

    private final List<CheckResult> results = new ArrayList<>();
    private int exit = ExitCode.DONE;

    public CheckCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = options.configuration();
        add(new CheckResult("configuration", true, configuration.file().toString()));
        for (SourceConfiguration source : configuration.sources().values()) {
            look("source " + source.name(), () -> source(source.settings()));
        }
        look("alerts", () -> HumanFormat.counted(configuration.alerts().get().size(), "webhook", "webhooks"));
        look(
                "lineage",
                () -> configuration
                        .lineage()
                        .get()
                        .map(to -> to.target().toString())
                        .orElse("none"));
        files(configuration);
        look("catalog", () -> CatalogSummaryView.of(configuration.catalogFile().check()));
        look("ledger", () -> ledger(configuration));
        look("runs", () -> runs(configuration));
        look("lake", () -> lake(configuration));
        if (hasLedger(configuration) && configuration.lake().exists()) {
            look("statements", () -> statements(configuration));
            if (configuration.reports().remittances().isPresent()) {
                look("payments", () -> payments(configuration));
            }
        }
        for (SourceConfiguration source : configuration.sources().values()) {
            closed(configuration, source.name());
        }
        if (options.json) {
            options.printJson(
                    exit == ExitCode.DONE,
                    JsonObject.of(
                            "checks",
                            results.stream()
                                    .map(result -> JsonObject.of("what", result.what())
                                            .put("ok", result.ok())
                                            .put("says", result.says()))
                                    .toList()));
        }
        return exit;
    }

    private void look(String what, Look look) throws InterruptedException {
        try {
            add(new CheckResult(what, true, look.at()));
        } catch (RuntimeException e) {
            exit = Math.max(exit, CommandErrors.exit(e));
            String message = CommandErrors.message(e);
            String said = what + ": ";
            add(new CheckResult(what, false, message.startsWith(said) ? message.substring(said.length()) : message));
        }
    }

    private void add(CheckResult result) {
        results.add(result);
        if (!options.json) {
            options.print((result.ok() ? "ok      " : "NOT OK  ") + result.what() + ": " + result.says());
        }
    }

    private String source(SourceSettings settings) throws InterruptedException {
        try (Pacer pacer = SourceSession.pacer(settings, options.console());
                Source source = SourceSession.source(settings, pacer, options.console())) {
            return settings.baseUrl() + ", " + source.checkCredentials();
        }
    }

    /// Tables that people keep beside the configuration, where it names them.
    private void files(Configuration configuration) throws InterruptedException {
        Optional<HomeSection> home = configuration.home();
        if (home.isPresent()) {
            look("exchange rates", () -> {
                ExchangeRates rates = home.get().rates();
                return home.get().file() + ", "
                        + HumanFormat.counted(rates.rates().size(), "rate", "rates") + " into " + rates.home();
            });
        }
        Optional<Path> paid = configuration.reports().remittances();
        if (paid.isPresent()) {
            look("remittances", () -> {
                Remittances payments = configuration.remittances();
                if (!payments.faults().isEmpty()) {
                    throw new BadReport(String.join("; ", payments.faults()));
                }
                return paid.get() + ", " + HumanFormat.counted(payments.list().size(), "payment", "payments");
            });
        }
    }

    private String ledger(Configuration configuration) {
        String place = configuration.ledger() + Ledger.about(configuration.ledger());
        if (!Ledger.exists(configuration.ledger())) {
            Stores.requireNobodysLake(configuration);
            return place + " does not exist yet, the first sync creates it"
                    + configuration
                            .ledger()
                            .file()
                            .map(CheckCommand::mustBeWritable)
                            .orElse("");
        }
        try (Ledger ledger = Stores.ledgerToChange(configuration, options.console())) {
            return place + ", " + HumanFormat.counted(ledger.runs().list().size(), "run", "runs");
        }
    }

    /// The line about the ledger says why, where it can't be told.
    private static boolean hasLedger(Configuration configuration) {
        try {
            return Ledger.exists(configuration.ledger());
        } catch (DatabaseFailure e) {
            return false;
        }
    }

    /// Interrupted runs need somebody, unless one is being worked on. Incomplete ones wait for the next sync.
    private String runs(Configuration configuration) {
        Stores.requirePlaced(configuration);
        Optional<Ledger> found =
                Ledger.openForReading(configuration.ledger(), options.console().clock());
        if (found.isEmpty()) {
            return "none yet";
        }
        try (Ledger ledger = found.orElseThrow()) {
            List<Run> unfinished = ledger.runs().list().stream()
                    .filter(run -> run.state().isUnfinished())
                    .toList();
            if (unfinished.isEmpty()) {
                return "all of them are finished";
            }
            if (unfinished.stream().allMatch(run -> run.state() == RunState.INCOMPLETE)) {
                return HumanFormat.counted(unfinished.size(), "run is", "runs are")
                        + " incomplete; the next tactus sync continues with what is parked";
            }
            try (DatabaseLock _ = ledger.lock("check")) {
                throw CommandFailure.incomplete(unfinished.stream()
                                .map(run -> run.id() + " (" + HumanFormat.label(run.state()) + ")")
                                .collect(Collectors.joining(", "))
                        + (unfinished.size() == 1 ? " is" : " are")
                        + " unfinished: tactus sync or tactus runs resume RUN continues, tactus runs abandon"
                        + " RUN gives up");
            } catch (DatabaseLocked e) {
                return "one is in progress";
            }
        }
    }

    /// A source that the service has closed is ready in no other way.
    private void closed(Configuration configuration, String source) throws InterruptedException {
        Instant now = options.console().clock().instant();
        List<ScopeState> closed = limits(configuration, source).stream()
                .filter(state -> state.closedUntil(now).isPresent())
                .toList();
        for (ScopeState state : closed) {
            look("limits of " + source, () -> {
                throw CommandFailure.failed("the service has closed " + state.scope() + " until "
                        + state.pausedUntil().orElseThrow() + " ("
                        + HumanFormat.duration(
                                Duration.between(now, state.pausedUntil().orElseThrow()))
                        + " from now); wait, or lift it with: tactus limits forget " + state.scope() + " --source "
                        + source);
            });
        }
    }

    /// What is known of them; the line about the ledger says why, where it can't be told.
    private List<ScopeState> limits(Configuration configuration, String source) {
        try {
            Stores.requirePlaced(configuration);
            return Ledger.openForReading(
                            configuration.ledger(), options.console().clock())
                    .map(ledger -> {
                        try (ledger) {
                            return ledger.limitStates().load(source);
                        }
                    })
                    .orElse(List.of());
        } catch (DatabaseFailure | CommandFailure e) {
            return List.of();
        }
    }

    private String lake(Configuration configuration) {
        LakePlace folder = configuration.lake();
        Stores.requirePlaced(configuration);
        if (!folder.exists()) {
            return folder + " does not exist yet, the first sync creates it"
                    + folder.folder().map(CheckCommand::mustBeWritable).orElse("");
        }
        if (!hasLedger(configuration)) {
            try (Lake lake = Stores.lakeToRead(configuration, options.console())) {
                return lake(folder, lake);
            }
        }
        try (Ledger ledger =
                        Ledger.open(configuration.ledger(), options.console().clock());
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            return lake(folder, lake);
        }
    }

    /// A statement that is late is somebody else's fault, and still something to know.
    private String statements(Configuration configuration) {
        Stores.requirePlaced(configuration);
        try (Ledger ledger =
                        Ledger.open(configuration.ledger(), options.console().clock());
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            List<ExpectedStatement> owed = Statements.calendar(
                            configuration,
                            ledger,
                            lake,
                            options.console().clock().instant())
                    .all();
            List<String> late = owed.stream()
                    .filter(one -> one.state() == ExpectedStatement.State.LATE)
                    .map(ExpectedStatement::words)
                    .toList();
            if (late.isEmpty()) {
                return owed.isEmpty() ? "no statements are expected" : "none is late";
            }
            return HumanFormat.counted(late.size(), "is late: ", "are late: ") + String.join("; ", late)
                    + "; ask for it, or import it";
        }
    }

    private String payments(Configuration configuration) {
        try (Ledger ledger =
                        Ledger.open(configuration.ledger(), options.console().clock());
                Lake lake = Stores.lake(configuration, ledger, options.console())) {
            List<PaymentDifference> all = Statements.unpaid(configuration, ledger, lake);
            List<String> open = all.stream()
                    .filter(one -> !one.isAccepted())
                    .map(PaymentDifference::words)
                    .toList();
            if (!open.isEmpty()) {
                throw CommandFailure.incomplete(String.join("; ", open) + ". Ask the sender, or correct what was paid");
            }
            return all.isEmpty()
                    ? "none differs from its statement"
                    : "accepted: "
                            + String.join(
                                    "; ",
                                    all.stream().map(PaymentDifference::words).toList());
        }
    }

    private static String lake(LakePlace folder, Lake lake) {
        Map<String, Instant> old = lake.ownership().neverVerified();
        return folder + ", " + HumanFormat.counted(lake.tables().size(), "table", "tables")
                + old.values().stream()
                        .min(Comparator.naturalOrder())
                        .map(since -> ". " + HumanFormat.counted(old.size(), "file was", "files were")
                                + " never verified: of versions that noted no digests, unchanged since " + since)
                        .orElse("")
                + lake.ahead()
                        .map(by -> ". Its last change is " + HumanFormat.duration(by) + " ahead of this machine's"
                                + " clock, so one of the two is wrong; new snapshots follow it until time has caught"
                                + " up")
                        .orElse("");
    }

    /// Whether something can be made at a path: its nearest folder that exists has to be writable.
    private static String mustBeWritable(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw CommandFailure.failed("cannot write to " + folder + ": make it writable, or choose another place");
        }
        return "";
    }
}
