package dev.tactus.console;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The built command line in a process of its own, as `./tactus` starts it.
record TactusProcess(Process process, Path out, Path err) {
    /// @param scratch for its output and for the libraries that killed processes leave behind
    static TactusProcess start(Path scratch, String... args) {
        return start(scratch, Map.of(), args);
    }

    /// @param variables put into its environment
    static TactusProcess start(Path scratch, Map<String, String> variables, String... args) {
        try {
            return start(scratch, variables, classPath(), args);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same, of the classes that tests run with: what they have beside those of `./tactus`, add-ons, is there too.
    static TactusProcess ofTests(Path scratch, String... args) {
        return start(scratch, Map.of(), System.getProperty("java.class.path"), args);
    }

    private static TactusProcess start(Path scratch, Map<String, String> variables, String classPath, String... args) {
        try {
            Path jvm = Path.of(System.getProperty("java.home"), "bin", "java");
            List<String> command = new ArrayList<>(List.of(
                    jvm.toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1", // quick starts: these runs are short
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Djava.io.tmpdir=" + Files.createDirectories(scratch.resolve("tmp")),
                    "-cp",
                    classPath,
                    "dev.tactus.console.Tactus"));
            command.addAll(List.of(args));
            Path out = Files.createTempFile(scratch, "out", "");
            Path err = Files.createTempFile(scratch, "err", "");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(variables);
            Process process = builder.directory(scratch.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            return new TactusProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CommandResult run(Path scratch, String... args) {
        return start(scratch, args).await(Duration.ofMinutes(3));
    }

    /// A gateway that listens.
    static TactusProcess gateway(Path folder, Map<String, String> variables) throws InterruptedException {
        TactusProcess gateway = start(folder, variables, new String[] {"gateway"});
        gateway.awaitThat(() -> gateway.said().contains("Admin at"));
        return gateway;
    }

    /// What it has written so far.
    String said() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it says that something listens.
    String address(String name) {
        Matcher matcher = Pattern.compile(name + " at (http://[0-9.:]+\\d)").matcher(said());
        if (!matcher.find()) {
            throw new AssertionError(said());
        }
        return matcher.group(1);
    }

    /// Waits until something is so, or the process has ended, or half a minute has gone.
    void awaitThat(BooleanSupplier something) throws InterruptedException {
        for (int i = 0; i < 6_000 && process.isAlive() && !something.getAsBoolean(); i++) {
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
    }

    /// Kills it, as `kill -9` does, and waits until it is gone.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    CommandResult await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
                throw new AssertionError("still running after " + patience + ": " + Files.readString(err));
            }
            return new CommandResult(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "app", "lib").toAbsolutePath())) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        }
    }
}
