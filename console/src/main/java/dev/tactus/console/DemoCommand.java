package dev.tactus.console;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.servers.SimulatorReportView;
import dev.tactus.console.sync.RunOptions;
import dev.tactus.console.sync.SyncRun;
import dev.tactus.reconcile.Period;
import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import dev.tactus.simulator.SimulatorSettings.CatalogSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Shows everything in a minute: a simulated source is pulled, reconciled and closed.",
            "The source has a tight limit, some faults, and no data for Brazil, which a sales report fills in."
                    + " Needs no account and no network."
        },
        footerHeading = "%nExample:%n",
        footer = "  tactus demo --dir /tmp/first-look")
final class DemoCommand extends TactusCommand {
    /// The territory that the source has no data for.
    static final String FAILING = "BR";

    private static final int RECORDINGS = 150;
    private static final long SEED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            defaultValue = "tactus-demo",
            description = "Where the demo writes; replaces the files of an earlier demo. Default: ${DEFAULT-VALUE}")
    private Path dir = Path.of("tactus-demo");

    DemoCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        DemoFolder folder = DemoFolder.claim(dir);
        Period month =
                Period.parse(YearMonth.from(options.console().clock().instant().atZone(ZoneOffset.UTC))
                        .minusMonths(1)
                        .toString());
        SimulatorSettings settings = new SimulatorSettings(
                "127.0.0.1", 0, new CatalogSource.Synthetic(RECORDINGS), SEED, folder.behaviour());
        try (Simulator simulator = Simulator.start(settings)) {
            folder.write(simulator);
            options.say("A simulated source with " + RECORDINGS + " recordings runs at " + simulator.baseUri()
                    + ", with a limit of 150 requests in any 10 seconds.");
            options.say("It has some faults, and no data for Brazil (" + folder.behaviourFile()
                    + "). Each command below also has: --config " + folder.configuration());
            step("sync --from " + month.from() + " --to " + month.to());
            int exit = sync(folder, month);
            if (exit == ExitCode.FAILED || exit == ExitCode.USAGE) {
                return exit;
            }
            if (!options.json) {
                options.print("");
                SimulatorReportView.lines(simulator.report()).forEach(options::print);
            }
            Path statement = folder.statement(month);
            new DemoStatement(simulator.catalog(), month).write(statement);
            tell("");
            tell("A month later the source's sales report arrives; it covers Brazil.");
            return rest(folder, month, statement);
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write to " + dir + ": " + IoErrorText.of(e));
        }
    }

    private int sync(DemoFolder folder, Period month) {
        Configuration configuration =
                Configuration.read(folder.configuration(), options.console().variables());
        RunOptions choice = new RunOptions();
        choice.from = month.from();
        choice.to = month.to();
        return new SyncRun(options, configuration, PATIENCE).run(choice, false);
    }

    private int rest(DemoFolder folder, Period month, Path statement) {
        int exit = run(folder, "reports", "import", statement.toString());
        exit = exit != ExitCode.DONE ? exit : run(folder, "reconcile", "--period", month.label());
        exit = exit != ExitCode.DONE ? exit : run(folder, "close", "--period", month.label(), "--by", "Demo");
        exit = exit != ExitCode.DONE ? exit : run(folder, "audit", "--period", month.label());
        if (exit == ExitCode.DONE && !options.json) {
            options.print("");
            conclusion(folder, month).forEach(options::print);
        }
        return exit;
    }

    /// Runs a command as a person would; with `--json` only the first, the sync, has something to print.
    private int run(DemoFolder folder, String... words) {
        step(String.join(" ", words));
        List<String> all = new ArrayList<>();
        Collections.addAll(all, words);
        all.addAll(List.of("--config", folder.configuration().toString()));
        return Tactus.run(options.json ? silent() : options.console(), all.toArray(String[]::new));
    }

    private void step(String command) {
        tell("");
        tell("── tactus " + command);
    }

    private void tell(String line) {
        if (options.json) {
            options.say(line);
        } else {
            options.print(line);
        }
    }

    private Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(
                nowhere,
                options.console().err(),
                options.console().variables(),
                options.console().machine(),
                0);
    }

    private static List<String> conclusion(DemoFolder folder, Period month) {
        String config = " --config " + folder.configuration();
        return List.of(
                "What happened: the source was pulled at its limit without a single 429; a sales report filled in"
                        + " Brazil.",
                "API counts and report were reconciled; " + month + " is closed, proven, and reproduces to the byte.",
                "",
                "Open this in a browser:",
                "  " + folder.page(month).toUri(),
                "What to look at next:",
                "  ./tactus query" + config + " \\",
                "    \"SELECT title, territory, api_count, report_count, payable_count, status, explanation FROM"
                        + " reconciled ORDER BY abs(variance) DESC NULLS LAST LIMIT 10\"",
                "  ./tactus reconcile --period " + month + config
                        + " --closed > closed.csv    the same bytes every time",
                "  ./tactus runs list" + config + "             every run with its accounts",
                "  ./tactus dead-letters list" + config + "     invalid payloads that were set aside",
                "  ./tactus drift list" + config + "            differences from the catalog",
                "  ./tactus lake show" + config
                        + "             the tables, and how to read them from DuckDB, Spark and PyIceberg",
                "For your own catalog: ./tactus init writes a tactus.yaml.");
    }
}
