package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.Console;
import dev.tactus.console.output.Machine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a command came to: its exit code, and what it wrote.
public record CommandResult(int exit, String out, String err) {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Runs a command in this JVM, with an empty environment.
    public static CommandResult of(String... args) {
        return of(Map.of(), args);
    }

    /// Runs a command in this JVM.
    ///
    /// @param variables its environment
    public static CommandResult of(Map<String, String> variables, String... args) {
        return of(Machine.real(), variables, args);
    }

    /// Runs a command in this JVM, with an empty environment.
    public static CommandResult on(Machine machine, String... args) {
        return of(machine, Map.of(), args);
    }

    private static CommandResult of(Machine machine, Map<String, String> variables, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables::get,
                machine,
                0);
        int exit = Tactus.run(console, args);
        return new CommandResult(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Exactly one JSON object, and nothing beside it.
    public JsonNode json() {
        assertThat(out).as(err).isNotEmpty();
        JsonNode object = STRICT.readTree(out);
        assertThat(object.isObject()).as(out).isTrue();
        return object;
    }
}
