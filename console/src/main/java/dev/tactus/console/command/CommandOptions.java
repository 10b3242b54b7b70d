package dev.tactus.console.command;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.Console;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.JsonObject;
import dev.tactus.console.output.JsonWriter;
import dev.tactus.console.output.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The options that commands share, and how a command prints.
public final class CommandOptions {
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
            description = "The configuration file; paths in it are relative to it. Default: ${DEFAULT-VALUE}")
    public Path config = Path.of("tactus.yaml");

    @Option(names = "--json", description = "Print exactly one JSON object on stdout.")
    public boolean json;

    @Option(names = "--log", paramLabel = "text|json", description = "Write log lines to stderr in this format.")
    public @Nullable LogFormat log;

    @Option(names = "--verbose", description = "Log more, and print the stack trace of a failure.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    private boolean alwaysLogs;

    public CommandOptions(Console console) {
        this.console = console;
    }

    public Console console() {
        return console;
    }

    public Configuration configuration() {
        return Configuration.read(config, console.variables());
    }

    /// For a command that serves until it is stopped: it logs without being asked.
    public void alwaysLogs() {
        alwaysLogs = true;
    }

    /// Says how logging is to be, before the first log line; without options commands that end by themselves log
    /// nothing.
    public void startLogging() {
        if (log != null || verbose || alwaysLogs) {
            System.setProperty(LoggingConfigurator.FORMAT, log == null ? "text" : log.name());
            System.setProperty(LoggingConfigurator.LEVEL, verbose ? "DEBUG" : "INFO");
        }
    }

    /// Whether messages are log lines too, so that stderr is JSON from end to end.
    boolean logsJson() {
        return log == LogFormat.json;
    }

    /// Tells the person something beside the result.
    public void say(String message) {
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
    public void print(String line) {
        console.out().println(line);
    }

    /// The result, for programs: `command` and `ok` first.
    public void printJson(boolean ok, JsonObject result) {
        console.out()
                .println(JsonWriter.write(
                        JsonObject.of("command", words(command)).put("ok", ok).putAll(result)));
    }

    /// The result of a command that is done, in the form that was asked for.
    ///
    /// @param lines for people
    public int printResult(JsonObject result, Supplier<List<String>> lines) {
        if (json) {
            printJson(true, result);
        } else {
            lines.get().forEach(this::print);
        }
        return ExitCode.DONE;
    }

    /// A list: for programs an array, for people a table and a sentence about it.
    ///
    /// @param head fields before the array
    /// @param name of the array
    public <T> int printList(
            JsonObject head,
            String name,
            List<T> things,
            Function<? super T, JsonObject> fields,
            List<TextTable.Column<T>> columns,
            String sentence) {
        if (json) {
            printJson(true, head.put(name, things.stream().map(fields).toList()));
            return ExitCode.DONE;
        }
        if (!things.isEmpty()) {
            TextTable.of(things, columns).lines().forEach(this::print);
        }
        say(sentence);
        return ExitCode.DONE;
    }

    /// The command's words without the program's, such as `runs list`.
    static String words(CommandSpec command) {
        String whole = command.qualifiedName(" ");
        return whole.substring(whole.indexOf(' ') + 1);
    }

    /// The shared options of a command, where it has them.
    static Optional<CommandOptions> of(CommandLine line) {
        return line.getCommandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(CommandOptions.class::isInstance)
                .map(CommandOptions.class::cast)
                .findFirst();
    }

    /// Those of the command that was asked for.
    public static Optional<CommandOptions> of(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return of(last.commandSpec().commandLine());
    }
}
