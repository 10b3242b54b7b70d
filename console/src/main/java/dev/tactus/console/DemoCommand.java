package dev.tactus.console;

import dev.tactus.console.command.CommandOptions;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "Starts a simulated source with a tight limit and some bad behaviour, pulls last month of a small catalog"
                        + " through it, fills a failing territory from a sales report, reconciles and closes the month,"
                        + " and says what happened and what to open next. Needs no account and no network.",
        footerHeading = "%nExample:%n",
        footer = "  tactus demo --dir /tmp/first-look")
final class DemoCommand implements Callable<Integer> {
    /// The territory that the source can't tell of.
    static final String FAILING = "BR";

    private static final int RECORDINGS = 150;
    private static final long SEED = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Mixin
    private final CommandOptions common;

    @Option(
            names = "--dir",
            paramLabel = "FOLDER",
            defaultValue = "tactus-demo",
            description =
                    "Everything the demo writes goes here; an earlier demo's is replaced. Default: ${DEFAULT-VALUE}")
    private Path dir = Path.of("tactus-demo");

    DemoCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        DemoFolder folder = DemoFolder.claim(dir);
        Period month =
                Period.parse(YearMonth.from(common.console().clock().instant().atZone(ZoneOffset.UTC))
                        .minusMonths(1)
                        .toString());
        SimulatorSettings settings = new SimulatorSettings(
                "127.0.0.1", 0, new CatalogSource.Synthetic(RECORDINGS), SEED, folder.behaviour());
        try (Simulator simulator = Simulator.start(settings)) {
            folder.write(simulator);
            common.say("A simulated source with " + RECORDINGS + " recordings answers at " + simulator.baseUri()
                    + ", at most 150 calls in any 10 seconds.");
            common.say("It misbehaves a little, and can't tell of Brazil at all (" + folder.behaviourFile()
                    + "). Each command goes on with: --config " + folder.configuration());
            step("sync --from " + month.from() + " --to " + month.to());
            int exit = sync(folder, month);
            if (exit == ExitCode.FAILED || exit == ExitCode.USAGE) {
                return exit;
            }
            if (!common.json) {
                common.print("");
                SimulatorReportView.lines(simulator.report()).forEach(common::print);
            }
            Path statement = folder.statement(month);
            new DemoStatement(simulator.catalog(), month).write(statement);
            tell("");
            tell("A month later the source's statement comes in; it has Brazil.");
            return rest(folder, month, statement);
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write to " + dir + ": " + IoErrorText.of(e));
        }
    }

    private int sync(DemoFolder folder, Period month) {
        Configuration configuration =
                Configuration.read(folder.configuration(), common.console().variables());
        RunOptions choice = new RunOptions();
        choice.from = month.from();
        choice.to = month.to();
        return new SyncRun(common, configuration).run(choice, PATIENCE, false);
    }

    private int rest(DemoFolder folder, Period month, Path statement) {
        int exit = run(folder, "reports", "import", statement.toString());
        exit = exit != ExitCode.DONE ? exit : run(folder, "reconcile", "--period", month.label());
        exit = exit != ExitCode.DONE ? exit : run(folder, "close", "--period", month.label(), "--by", "Demo");
        exit = exit != ExitCode.DONE ? exit : run(folder, "audit", "--period", month.label());
        if (exit == ExitCode.DONE && !common.json) {
            common.print("");
            ended(folder, month).forEach(common::print);
        }
        return exit;
    }

    /// Runs a command as a person would; with `--json` only the first, the sync, has something to print.
    private int run(DemoFolder folder, String... words) {
        step(String.join(" ", words));
        List<String> all = new ArrayList<>();
        Collections.addAll(all, words);
        all.addAll(List.of("--config", folder.configuration().toString()));
        return Tactus.run(common.json ? silent() : common.console(), all.toArray(String[]::new));
    }

    private void step(String command) {
        tell("");
        tell("── tactus " + command);
    }

    private void tell(String line) {
        if (common.json) {
            common.say(line);
        } else {
            common.print(line);
        }
    }

    private Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(
                nowhere,
                common.console().err(),
                common.console().variables(),
                common.console().clock(),
                false);
    }

    private static List<String> ended(DemoFolder folder, Period month) {
        String config = " --config " + folder.configuration();
        return List.of(
                "What happened: the source was pulled at its limit without one refusal and failed for Brazil; a statement"
                        + " filled that in;",
                "API and statement were set side by side; " + month + " is closed, proven, and reproduces to the byte.",
                "",
                "Open this in a browser:",
                "  " + folder.page(month).toUri(),
                "What to look at next:",
                "  ./tactus query" + config + " \\",
                "    \"SELECT title, territory, api_count, report_count, payable_count, status, explanation FROM reconciled"
                        + " ORDER BY abs(variance) DESC NULLS LAST LIMIT 10\"",
                "  ./tactus reconcile --period " + month + config + " --closed > closed.csv    the same bytes for ever",
                "  ./tactus runs list" + config + "             every run, accounted for",
                "  ./tactus dead-letters list" + config + "     what came back wrong",
                "  ./tactus drift list" + config + "            what differs from the catalog",
                "  ./tactus lake show" + config
                        + "             the tables, and how DuckDB, Spark and PyIceberg read them",
                "Your own: ./tactus init writes a tactus.yaml for a real server and your catalog.");
    }
}
