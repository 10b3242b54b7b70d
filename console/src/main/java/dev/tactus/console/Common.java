package dev.tactus.console;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The options that commands share, and how a command speaks.
final class Common {
    /// The form of log lines.
    enum LogFormat {
        text,
        json
    }

    private final Console console;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "tactus.yaml",
            description = "The configuration; paths in it are relative to it. Default: ${DEFAULT-VALUE}")
    Path config = Path.of("tactus.yaml");

    @Option(names = "--json", description = "Print exactly one JSON object on stdout.")
    boolean json;

    @Option(names = "--log", paramLabel = "text|json", description = "Log lines on stderr, in this form.")
    @Nullable
    LogFormat log;

    @Option(names = "--verbose", description = "Log more, and print where in the code a failure came from.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    private boolean alwaysLogs;

    Common(Console console) {
        this.console = console;
    }

    Console console() {
        return console;
    }

    Configuration configuration() {
        return Configuration.read(config, console.variables());
    }

    /// For a command that serves until it is stopped: it logs without being asked.
    void alwaysLogs() {
        alwaysLogs = true;
    }

    /// Says how logging is to be, before the first log line; without options commands that end by themselves log
    /// nothing.
    void startLogging() {
        if (log != null || verbose || alwaysLogs) {
            System.setProperty(Logging.FORMAT, log == null ? "text" : log.name());
            System.setProperty(Logging.LEVEL, verbose ? "DEBUG" : "INFO");
        }
    }

    /// Whether messages are log lines too, so that stderr is JSON from end to end.
    boolean logsJson() {
        return log == LogFormat.json;
    }

    /// Tells the person something beside the result.
    void say(String message) {
        if (logsJson()) {
            LoggerFactory.getLogger("tactus").info(message);
        } else {
            console.err().println(message);
        }
    }

    /// Tells why a command ended; where in the code that came from is for the JSON log and for `--verbose`.
    void sayFailure(String message, Exception cause) {
        if (logsJson()) {
            LoggerFactory.getLogger("tactus").error(message, cause);
            return;
        }
        console.err().println(message);
        if (verbose) {
            cause.printStackTrace(console.err());
        }
    }

    /// A line of the result, for people.
    void print(String line) {
        console.out().println(line);
    }

    /// The result, for programs: `command` and `ok` first.
    void printJson(boolean ok, Map<String, ? extends @Nullable Object> result) {
        SequencedMap<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("command", words(command));
        object.put("ok", ok);
        object.putAll(result);
        console.out().println(Json.write(object));
    }

    /// The command's words without the program's, such as `runs list`.
    static String words(CommandSpec command) {
        String whole = command.qualifiedName(" ");
        return whole.substring(whole.indexOf(' ') + 1);
    }

    /// The shared options of a command, where it has them.
    static Optional<Common> of(CommandLine line) {
        return line.getCommandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(Common.class::isInstance)
                .map(Common.class::cast)
                .findFirst();
    }

    /// Those of the command that was asked for.
    static Optional<Common> of(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return of(last.commandSpec().commandLine());
    }
}
