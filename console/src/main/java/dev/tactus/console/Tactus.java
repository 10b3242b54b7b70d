package dev.tactus.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `tactus` command line.
@Command(
        name = "tactus",
        description = "Complete, explained music metrics through rate-limited APIs.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Tactus {
    private Tactus() {}

    public static void main(String[] args) {
        System.exit(run(Console.system(), args));
    }

    static int run(Console console, String... args) {
        return new CommandLine(new Tactus())
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .execute(args);
    }
}
