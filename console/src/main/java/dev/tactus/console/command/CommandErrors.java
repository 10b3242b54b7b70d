package dev.tactus.console.command;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.JsonWriter;
import dev.tactus.database.DatabaseFailure;
import dev.tactus.database.DatabaseTooNew;
import dev.tactus.database.ForeignFile;
import dev.tactus.ingest.catalog.BadCatalog;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.QueryRefused;
import dev.tactus.reconcile.IntegrityFailure;
import dev.tactus.reconcile.PeriodRefusal;
import dev.tactus.reports.BadReport;
import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.source.response.SourceFailure;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into one message and an exit code. With `--json` the message is an object on stdout, too.
public final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Console console;

    public CommandErrors(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        String words = line.getCommandSpec().qualifiedName(" ");
        String message = String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
        String hint = words + " --help shows what there is";
        if (e instanceof UnmatchedArgumentException unmatched) {
            message = "\"" + unmatched.getUnmatched().getFirst() + "\" is not known here";
            if (!unmatched.getSuggestions().isEmpty()) {
                hint = "did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
            }
        } else if (!line.getSubcommands().isEmpty() && message.startsWith("Missing required subcommand")) {
            message = words + " needs a command: "
                    + String.join(", ", line.getSubcommands().keySet());
        }
        console.err().println("tactus: " + message + "; " + hint);
        if (Arrays.asList(args).contains("--json")) {
            printJson(line, message, ExitCode.USAGE);
        }
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        int exit = exit(e);
        Optional<CommandOptions> options = CommandOptions.of(line);
        String message = message(e);
        String told = message + DiskTrouble.space(e, message, () -> DiskTrouble.configuration(options));
        options.ifPresentOrElse(
                o -> o.sayFailure("tactus: " + told, e), () -> console.err().println("tactus: " + told));
        if (options.filter(o -> o.json).isPresent()) {
            printJson(line, told, exit);
        }
        return exit;
    }

    private void printJson(CommandLine line, String message, int exit) {
        console.out()
                .println(JsonWriter.write(JsonObject.of("command", CommandOptions.words(line.getCommandSpec()))
                        .put("ok", false)
                        .put("exit", exit)
                        .put("error", message)));
    }

    public static int exit(Exception e) {
        return switch (e) {
            case CommandFailure failure -> failure.exit();
            case InvalidConfiguration bad -> ExitCode.USAGE;
            case BadCatalog bad -> ExitCode.USAGE;
            case BadReport bad -> ExitCode.USAGE;
            case DatabaseTooNew newer -> ExitCode.USAGE;
            case ForeignFile other -> ExitCode.USAGE;
            case QueryRefused refused -> ExitCode.USAGE;
            case PeriodRefusal refused -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }

    /// The rooms' own failures have complete messages; anything else is a fault of this program.
    public static String message(Exception e) {
        return switch (e) {
            case CommandFailure own -> text(own);
            case InvalidConfiguration own -> text(own);
            case BadCatalog own -> text(own);
            case BadReport own -> text(own);
            case RunFailure own -> text(own);
            case SourceFailure own -> text(own);
            case DatabaseFailure own -> text(own);
            case LakeException own -> text(own);
            case IntegrityFailure own -> text(own);
            case PeriodRefusal own -> text(own);
            default ->
                DiskTrouble.message(e).orElseGet(() -> "unexpected: " + e + "; --verbose prints the stack trace");
        };
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
