package dev.tactus.console;

import dev.tactus.ingest.BadCatalog;
import dev.tactus.ingest.RunFailed;
import dev.tactus.lake.LakeException;
import dev.tactus.lake.QueryRefused;
import dev.tactus.ledger.LedgerFailure;
import dev.tactus.ledger.LedgerFromNewerVersion;
import dev.tactus.ledger.NotALedger;
import dev.tactus.reconcile.DoesNotAddUp;
import dev.tactus.reconcile.PeriodRefused;
import dev.tactus.reports.BadReport;
import dev.tactus.settings.BadSetting;
import dev.tactus.source.SourceFailure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into one message and an exit code. With `--json` the message is an object on stdout, too.
final class Refusals implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Console console;

    Refusals(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        List<String> near = List.of();
        String message = String.valueOf(e.getMessage());
        if (e instanceof UnmatchedArgumentException unmatched) {
            near = unmatched.getSuggestions();
            message = "\"" + unmatched.getUnmatched().getFirst() + "\" is not known here";
        }
        String hint = near.isEmpty()
                ? line.getCommandSpec().qualifiedName(" ") + " --help shows what there is"
                : "did you mean " + String.join(" or ", near) + "?";
        console.err().println("tactus: " + message + "; " + hint);
        if (Arrays.asList(args).contains("--json")) {
            printJson(line, message, Exit.USAGE);
        }
        return Exit.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
        int exit = exit(e);
        String message = message(e);
        Optional<Common> common = Common.of(line);
        common.ifPresentOrElse(
                c -> c.say("tactus: " + message), () -> console.err().println("tactus: " + message));
        if (common.filter(c -> c.verbose).isPresent()) {
            e.printStackTrace(console.err());
        }
        if (common.filter(c -> c.json).isPresent()) {
            printJson(line, message, exit);
        }
        return exit;
    }

    private void printJson(CommandLine line, String message, int exit) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("command", Common.words(line.getCommandSpec()));
        object.put("ok", false);
        object.put("exit", exit);
        object.put("error", message);
        console.out().println(Json.write(object));
    }

    static int exit(Exception e) {
        return switch (e) {
            case Failure failure -> failure.exit();
            case BadSetting bad -> Exit.USAGE;
            case BadCatalog bad -> Exit.USAGE;
            case BadReport bad -> Exit.USAGE;
            case LedgerFromNewerVersion newer -> Exit.USAGE;
            case NotALedger other -> Exit.USAGE;
            case QueryRefused refused -> Exit.USAGE;
            case PeriodRefused refused -> Exit.USAGE;
            default -> Exit.FAILED;
        };
    }

    /// The rooms' own failures have complete messages; anything else is a fault of this program.
    static String message(Exception e) {
        return switch (e) {
            case Failure own -> text(own);
            case BadSetting own -> text(own);
            case BadCatalog own -> text(own);
            case BadReport own -> text(own);
            case RunFailed own -> text(own);
            case SourceFailure own -> text(own);
            case LedgerFailure own -> text(own);
            case LakeException own -> text(own);
            case DoesNotAddUp own -> text(own);
            case PeriodRefused own -> text(own);
            default -> "unexpected: " + e + "; with --verbose it says where that came from";
        };
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
