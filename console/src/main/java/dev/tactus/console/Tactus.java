package dev.tactus.console;

import dev.tactus.console.command.CommandErrors;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.deadletters.DeadLettersCommand;
import dev.tactus.console.drift.DriftCommand;
import dev.tactus.console.lake.LakeCommand;
import dev.tactus.console.lake.QueryCommand;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.periods.AuditCommand;
import dev.tactus.console.periods.CloseCommand;
import dev.tactus.console.periods.ReconcileCommand;
import dev.tactus.console.periods.ReopenCommand;
import dev.tactus.console.reports.ReportsCommand;
import dev.tactus.console.reports.UnmatchedCommand;
import dev.tactus.console.runs.RunsCommand;
import dev.tactus.console.servers.GatewayCommand;
import dev.tactus.console.servers.SimulateCommand;
import dev.tactus.console.sync.CheckCommand;
import dev.tactus.console.sync.PlanCommand;
import dev.tactus.console.sync.SyncCommand;
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
        versionProvider = BuildVersion.class,
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
            console.out().println(BuildVersion.line());
            return ExitCode.DONE;
        }
        try {
            return line(console).execute(args);
        } catch (OutOfMemoryError e) {
            console.err()
                    .println("tactus: out of memory; allow more, for example with TACTUS_JAVA_OPTS=-Xmx512m, and run"
                            + " the same command again");
            return ExitCode.FAILED;
        }
    }

    /// The command line, wired: every command is given what it works with.
    static CommandLine line(Console console) {
        Supplier<CommandOptions> common = () -> new CommandOptions(console);
        CommandLine line = new CommandLine(new Tactus())
                .addSubcommand(withoutConfig(new DemoCommand(common.get())))
                .addSubcommand(new InitCommand(common.get()))
                .addSubcommand(new CheckCommand(common.get()))
                .addSubcommand(new PlanCommand(common.get()))
                .addSubcommand(new SyncCommand(common.get()))
                .addSubcommand(new CommandLine(new RunsCommand())
                        .addSubcommand(new RunsCommand.RunsListCommand(common.get()))
                        .addSubcommand(new RunsCommand.RunsShowCommand(common.get())))
                .addSubcommand(new CommandLine(new DeadLettersCommand())
                        .addSubcommand(new DeadLettersCommand.DeadLettersListCommand(common.get()))
                        .addSubcommand(new DeadLettersCommand.DeadLettersShowCommand(common.get()))
                        .addSubcommand(new DeadLettersCommand.DeadLettersReplayCommand(common.get())))
                .addSubcommand(new CommandLine(new DriftCommand())
                        .addSubcommand(new DriftCommand.DriftListCommand(common.get()))
                        .addSubcommand(new DriftCommand.DriftAcceptCommand(common.get())))
                .addSubcommand(new CommandLine(new ReportsCommand())
                        .addSubcommand(new ReportsCommand.ReportsImportCommand(common.get()))
                        .addSubcommand(new ReportsCommand.ReportsListCommand(common.get()))
                        .addSubcommand(new ReportsCommand.ReportsVoidCommand(common.get()))
                        .addSubcommand(withoutConfig(new UnmatchedCommand.ReportsTemplateCommand(common.get())))
                        .addSubcommand(new UnmatchedCommand.ReportsUnmatchedCommand(common.get()))
                        .addSubcommand(new UnmatchedCommand.ReportsMatchCommand(common.get())))
                .addSubcommand(new ReconcileCommand(common.get()))
                .addSubcommand(new CloseCommand(common.get()))
                .addSubcommand(new ReopenCommand(common.get()))
                .addSubcommand(new AuditCommand(common.get()))
                .addSubcommand(new QueryCommand(common.get()))
                .addSubcommand(new CommandLine(new LakeCommand())
                        .addSubcommand(new LakeCommand.LakeShowCommand(common.get()))
                        .addSubcommand(new LakeCommand.LakeMaintainCommand(common.get())))
                .addSubcommand(withoutConfig(new SimulateCommand(common.get())))
                .addSubcommand(withConfig(GatewayCommand.CONFIG, new GatewayCommand(common.get())));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(110)
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
        CommandErrors refusals = new CommandErrors(console);
        line.setParameterExceptionHandler(refusals).setExecutionExceptionHandler(refusals);
        line.setExecutionStrategy(parsed -> {
            CommandOptions.of(parsed).ifPresent(CommandOptions::startLogging);
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
