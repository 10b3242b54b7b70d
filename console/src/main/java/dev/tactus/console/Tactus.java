package dev.tactus.console;

import dev.tactus.console.command.CommandErrors;
import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.OptionTypes;
import dev.tactus.console.deadletters.DeadLettersDismissCommand;
import dev.tactus.console.deadletters.DeadLettersListCommand;
import dev.tactus.console.deadletters.DeadLettersReplayCommand;
import dev.tactus.console.deadletters.DeadLettersShowCommand;
import dev.tactus.console.drift.DriftAcceptCommand;
import dev.tactus.console.drift.DriftListCommand;
import dev.tactus.console.lake.BackupCommand;
import dev.tactus.console.lake.LakeMaintainCommand;
import dev.tactus.console.lake.LakeRetainCommand;
import dev.tactus.console.lake.LakeShowCommand;
import dev.tactus.console.lake.LedgerCopyCommand;
import dev.tactus.console.lake.LedgerRebuildCommand;
import dev.tactus.console.lake.QueryCommand;
import dev.tactus.console.lake.RestoreCommand;
import dev.tactus.console.limits.LimitsForgetCommand;
import dev.tactus.console.limits.LimitsListCommand;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.periods.AuditCommand;
import dev.tactus.console.periods.CloseApproveCommand;
import dev.tactus.console.periods.CloseCommand;
import dev.tactus.console.periods.ExplainCommand;
import dev.tactus.console.periods.PeriodsListCommand;
import dev.tactus.console.periods.ReconcileCommand;
import dev.tactus.console.periods.ReopenCommand;
import dev.tactus.console.profiles.ProfileCheckCommand;
import dev.tactus.console.profiles.ProfileTryCommand;
import dev.tactus.console.reports.ReportsCalendarCommand;
import dev.tactus.console.reports.ReportsDecideCommand;
import dev.tactus.console.reports.ReportsDecisionsCommand;
import dev.tactus.console.reports.ReportsImportCommand;
import dev.tactus.console.reports.ReportsListCommand;
import dev.tactus.console.reports.ReportsMatchCommand;
import dev.tactus.console.reports.ReportsRevokeCommand;
import dev.tactus.console.reports.ReportsTemplateCommand;
import dev.tactus.console.reports.ReportsUnmatchedCommand;
import dev.tactus.console.reports.ReportsVoidCommand;
import dev.tactus.console.runs.RunsAbandonCommand;
import dev.tactus.console.runs.RunsAlertsCommand;
import dev.tactus.console.runs.RunsListCommand;
import dev.tactus.console.runs.RunsShowCommand;
import dev.tactus.console.servers.GatewayCommand;
import dev.tactus.console.servers.HangUpSignal;
import dev.tactus.console.servers.LakeServeCommand;
import dev.tactus.console.servers.ServeCommand;
import dev.tactus.console.servers.SimulateCommand;
import dev.tactus.console.sync.CheckCommand;
import dev.tactus.console.sync.PlanCommand;
import dev.tactus.console.sync.RunsResumeCommand;
import dev.tactus.console.sync.SyncCommand;
import dev.tactus.console.sync.WorkCommand;
import dev.tactus.console.today.TodayCommand;
import dev.tactus.console.variances.VariancesAcceptCommand;
import dev.tactus.console.variances.VariancesDisputeCommand;
import dev.tactus.console.variances.VariancesListCommand;
import dev.tactus.console.variances.VariancesRevokeCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The `tactus` command line.
@Command(
        name = "tactus",
        description =
                "Pulls a label's catalog through rate-limited music APIs into a data lake, reconciles it with sales"
                        + " reports, and runs a quota gateway.",
        versionProvider = BuildVersion.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  tactus demo                      everything in a minute, with a simulated source",
            "  tactus init                      write a commented tactus.yaml",
            "  tactus check                     is everything ready?",
            "  tactus plan                      how many requests, how long, in time?",
            "  tactus sync --day 2026-11-21     pull that day; the same command again continues",
            "  tactus query \"SELECT territory, sum(stream_count) FROM daily_streams GROUP BY 1\"",
            "",
            "Exit codes: 0 done; 1 failed, the same command may be repeated; 2 usage or configuration, nothing was",
            "changed; 3 finished but incomplete; 130 stopped by Ctrl-C, 143 by SIGTERM."
        })
public final class Tactus {
    private Tactus() {}

    public static void main(String[] args) {
        if (List.of(args).contains("gateway")) {
            HangUpSignal.ignore();
        }
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
        Supplier<CommandOptions> options = () -> new CommandOptions(console);
        CommandLine line = new CommandLine(new Tactus())
                .addSubcommand(withoutConfig(new DemoCommand(options.get())))
                .addSubcommand(new InitCommand(options.get()))
                .addSubcommand(new CheckCommand(options.get()))
                .addSubcommand(new PlanCommand(options.get()))
                .addSubcommand(new SyncCommand(options.get()))
                .addSubcommand(new WorkCommand(options.get()))
                .addSubcommand(new TodayCommand(options.get()))
                .addSubcommand(group(
                        "runs",
                        "What became of each run.",
                        new RunsListCommand(options.get()),
                        new RunsShowCommand(options.get()),
                        new RunsAlertsCommand(options.get()),
                        new RunsResumeCommand(options.get()),
                        new RunsAbandonCommand(options.get())))
                .addSubcommand(group(
                        "dead-letters",
                        "Payloads that were invalid and set aside.",
                        new DeadLettersListCommand(options.get()),
                        new DeadLettersShowCommand(options.get()),
                        new DeadLettersReplayCommand(options.get()),
                        new DeadLettersDismissCommand(options.get())))
                .addSubcommand(group(
                        "drift",
                        "Differences between a source and the catalog or the last run.",
                        new DriftListCommand(options.get()),
                        new DriftAcceptCommand(options.get())))
                .addSubcommand(group(
                        "limits",
                        "Learned limits of the sources, and penalties in force.",
                        new LimitsListCommand(options.get()),
                        new LimitsForgetCommand(options.get())))
                .addSubcommand(group(
                        "profile",
                        "How services are spoken to.",
                        withoutConfig(new ProfileCheckCommand(options.get())),
                        new ProfileTryCommand(options.get())))
                .addSubcommand(group(
                        "reports",
                        "Sales reports, and the usage in them that the catalog doesn't know.",
                        new ReportsImportCommand(options.get()),
                        new ReportsListCommand(options.get()),
                        new ReportsCalendarCommand(options.get()),
                        new ReportsVoidCommand(options.get()),
                        withoutConfig(new ReportsTemplateCommand(options.get())),
                        new ReportsUnmatchedCommand(options.get()),
                        new ReportsMatchCommand(options.get()),
                        new ReportsDecideCommand(options.get()),
                        new ReportsDecisionsCommand(options.get()),
                        new ReportsRevokeCommand(options.get())))
                .addSubcommand(new ReconcileCommand(options.get()))
                .addSubcommand(group(
                        "variances",
                        "Rows whose two sides differ, and what people decide about them.",
                        new VariancesListCommand(options.get()),
                        new VariancesAcceptCommand(options.get()),
                        new VariancesDisputeCommand(options.get()),
                        new VariancesRevokeCommand(options.get())))
                .addSubcommand(group("periods", "What was closed and reopened.", new PeriodsListCommand(options.get())))
                .addSubcommand(withWord(new CloseCommand(options.get()), new CloseApproveCommand(options.get())))
                .addSubcommand(new ReopenCommand(options.get()))
                .addSubcommand(new AuditCommand(options.get()))
                .addSubcommand(new ExplainCommand(options.get()))
                .addSubcommand(new QueryCommand(options.get()))
                .addSubcommand(group(
                        "lake",
                        "The tables that runs and imports write.",
                        new LakeShowCommand(options.get()),
                        new LakeMaintainCommand(options.get()),
                        new LakeRetainCommand(options.get()),
                        new LakeServeCommand(options.get())))
                .addSubcommand(group(
                        "ledger",
                        "What was planned, done, set aside and decided.",
                        new LedgerCopyCommand(options.get()),
                        new LedgerRebuildCommand(options.get())))
                .addSubcommand(new BackupCommand(options.get()))
                .addSubcommand(new RestoreCommand(options.get()))
                .addSubcommand(new ServeCommand(options.get(), Tactus::run))
                .addSubcommand(withoutConfig(new SimulateCommand(options.get())))
                .addSubcommand(withConfig(GatewayCommand.CONFIG, new GatewayCommand(options.get())))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new CommandLine.HelpCommand());
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(110)
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
        OptionTypes.register(line);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Tactus::commandList);
        CommandErrors errors = new CommandErrors(console);
        line.setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors);
        line.setExecutionStrategy(parsed -> {
            CommandOptions.of(parsed).ifPresent(CommandOptions::startLogging);
            return new CommandLine.RunLast().execute(parsed);
        });
        return line;
    }

    /// Commands that share their first word.
    private static CommandLine group(String name, String description, Object... commands) {
        CommandSpec spec = CommandSpec.create()
                .name(name)
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .arity("0")
                        .type(boolean.class)
                        .description("Show this help and exit.")
                        .build());
        spec.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        CommandLine line = new CommandLine(spec);
        for (Object command : commands) {
            line.addSubcommand(command);
        }
        return line;
    }

    /// The commands by all their words, those of groups too, each with the first sentence about it.
    private static String commandList(Help help) {
        StringBuilder list = new StringBuilder();
        help.subcommands().forEach((name, command) -> {
            if (command.subcommands().isEmpty() || command.commandSpec().userObject() != null) {
                list.append(listed(name, command));
            }
            command.subcommands().forEach((word, one) -> list.append(listed(name + " " + word, one)));
        });
        return list.toString();
    }

    private static String listed(String words, Help command) {
        UsageMessageSpec about = command.commandSpec().usageMessage();
        String sentence = about.header().length > 0 ? about.header()[0] : about.description()[0];
        return String.format("  %-22s%s%n", words, sentence);
    }

    /// A command that has another below it: what it needs itself, it asks for when it is called itself.
    private static CommandLine withWord(Object command, Object below) {
        CommandLine line = new CommandLine(command);
        CommandSpec spec = line.getCommandSpec();
        List<OptionSpec> needed =
                spec.options().stream().filter(OptionSpec::required).toList();
        needed.forEach(option -> {
            spec.remove(option);
            spec.addOption(OptionSpec.builder(option).required(false).build());
        });
        return line.addSubcommand(below);
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
