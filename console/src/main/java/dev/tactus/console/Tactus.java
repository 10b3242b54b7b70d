package dev.tactus.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/// The `tactus` command line.
@Command(
        name = "tactus",
        description = "Pulls a label's catalog through rate-limited music APIs into a data lake, with every recording"
                + " accounted for.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus demo                      a simulated source, pulled, reconciled and closed within a minute",
            "  tactus init                      write a commented tactus.yaml",
            "  tactus check                     is everything ready?",
            "  tactus plan                      how many calls, how long, in time?",
            "  tactus sync --day 2026-11-21     pull that day; the same command again continues",
            "  tactus query \"SELECT territory, sum(stream_count) FROM daily_streams GROUP BY 1\"",
            "",
            "Exit codes: 0 done; 1 failed, the same command continues; 2 usage or configuration, nothing touched;",
            "3 finished, but incomplete beyond the tolerance."
        })
public final class Tactus {
    private Tactus() {}

    public static void main(String[] args) {
        System.exit(run(Console.system(), args));
    }

    static int run(Console console, String... args) {
        if (args.length == 1 && args[0].equals("--version")) {
            // scripts ask this often, and it needs no model of all commands
            console.out().println(Version.line());
            return Exit.DONE;
        }
        try {
            return line(console).execute(args);
        } catch (OutOfMemoryError e) {
            console.err()
                    .println("tactus: out of memory; allow more, for example with TACTUS_JAVA_OPTS=-Xmx512m, and run"
                            + " the same command again");
            return Exit.FAILED;
        }
    }

    /// The command line, wired: every command is given what it works with.
    static CommandLine line(Console console) {
        Supplier<Common> common = () -> new Common(console);
        CommandLine line = new CommandLine(new Tactus())
                .addSubcommand(withoutConfig(new DemoCommand(common.get())))
                .addSubcommand(new InitCommand(common.get()))
                .addSubcommand(new CheckCommand(common.get()))
                .addSubcommand(new PlanCommand(common.get()))
                .addSubcommand(new SyncCommand(common.get()))
                .addSubcommand(new CommandLine(new RunsCommand())
                        .addSubcommand(new RunsCommand.Listing(common.get()))
                        .addSubcommand(new RunsCommand.Showing(common.get())))
                .addSubcommand(new CommandLine(new DeadLettersCommand())
                        .addSubcommand(new DeadLettersCommand.Listing(common.get()))
                        .addSubcommand(new DeadLettersCommand.Showing(common.get()))
                        .addSubcommand(new DeadLettersCommand.Replaying(common.get())))
                .addSubcommand(new CommandLine(new DriftCommand())
                        .addSubcommand(new DriftCommand.Listing(common.get()))
                        .addSubcommand(new DriftCommand.Accepting(common.get())))
                .addSubcommand(new CommandLine(new ReportsCommand())
                        .addSubcommand(new ReportsCommand.Importing(common.get()))
                        .addSubcommand(new ReportsCommand.Listing(common.get()))
                        .addSubcommand(new ReportsCommand.Taking(common.get()))
                        .addSubcommand(withoutConfig(new UnmatchedCommand.Proposing(common.get())))
                        .addSubcommand(new UnmatchedCommand.Listing(common.get()))
                        .addSubcommand(new UnmatchedCommand.Taking(common.get())))
                .addSubcommand(new ReconcileCommand(common.get()))
                .addSubcommand(new CloseCommand(common.get()))
                .addSubcommand(new ReopenCommand(common.get()))
                .addSubcommand(new AuditCommand(common.get()))
                .addSubcommand(new QueryCommand(common.get()))
                .addSubcommand(new CommandLine(new LakeCommand())
                        .addSubcommand(new LakeCommand.Showing(common.get()))
                        .addSubcommand(new LakeCommand.Maintaining(common.get())))
                .addSubcommand(withoutConfig(new SimulateCommand(common.get())))
                .addSubcommand(withConfig(GatewayCommand.CONFIG, new GatewayCommand(common.get())));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(110)
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
        Refusals refusals = new Refusals(console);
        line.setParameterExceptionHandler(refusals).setExecutionExceptionHandler(refusals);
        line.setExecutionStrategy(parsed -> {
            Common.of(parsed).ifPresent(Common::startLogging);
            return new CommandLine.RunLast().execute(parsed);
        });
        return line;
    }

    private static CommandLine withConfig(String file, Object command) {
        CommandLine line = new CommandLine(command);
        line.setDefaultValueProvider(argument ->
                argument instanceof OptionSpec option && option.longestName().equals("--config") ? file : null);
        return line;
    }

    private static CommandLine withoutConfig(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().remove(line.getCommandSpec().findOption("--config"));
        return line;
    }
}
