package dev.tactus.console;

import dev.tactus.console.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/// What a command typed in this JVM came to.
record InProcessRun(int exit, String out, String err) {
    static InProcessRun run(String... args) {
        return run(Map.of(), args);
    }

    static InProcessRun run(Map<String, String> variables, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables::get,
                InstantSource.system(),
                false);
        int exit = Tactus.run(console, args);
        return new InProcessRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
