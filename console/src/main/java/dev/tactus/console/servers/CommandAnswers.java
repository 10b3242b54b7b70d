package dev.tactus.console.servers;

import dev.tactus.console.output.Console;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs the commands of this program in this process, each with a console of its own, and reads their JSON.
public final class CommandAnswers implements CommandRunner {
    private static final JsonMapper MAPPER = new JsonMapper();

    /// The program's own command line.
    @FunctionalInterface
    public interface CommandLineRunner {
        int run(Console console, String... args);
    }

    private final CommandLineRunner program;
    private final Console console;
    private final Path config;

    /// Runs commands with a configuration.
    ///
    /// @param console whose environment and machine they get
    public CommandAnswers(CommandLineRunner program, Console console, Path config) {
        this.program = program;
        this.console = console;
        this.config = config;
    }

    @Override
    public CommandAnswer run(Optional<String> person, List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> args = new ArrayList<>(words);
        args.add("--json");
        args.add("--config");
        args.add(config.toString());
        int exit = program.run(
                new Console(print(out), print(err), console.variables(), console.machine(), 0, person),
                args.toArray(String[]::new));
        return new CommandAnswer(exit, json(out), err.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode json(ByteArrayOutputStream out) {
        try {
            return MAPPER.readTree(out.toByteArray());
        } catch (JacksonException e) {
            // a command that was refused before it knew of --json
            return MAPPER.createObjectNode();
        }
    }

    private static PrintStream print(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
