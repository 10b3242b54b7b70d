package dev.tactus.bench;

import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One day of a whole catalog, three datasets, from an unlimited simulator into the lake by the built command line;
/// beside it the same rows written by DuckDB alone. Prints seconds, CPU seconds and peak memory of each process.
final class IngestBench {
    private static final long SEED = 7;
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);

    private final Path folder;
    private final Path tactus;
    private final long recordings;
    private final PrintStream out;

    private IngestBench(Path folder, Path tactus, long recordings, PrintStream out) {
        this.folder = folder;
        this.tactus = tactus;
        this.recordings = recordings;
        this.out = out;
    }

    /// Arguments: the folder to work in, the command line, how many recordings.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        new IngestBench(folder, Path.of(arguments[1]), Long.parseLong(arguments[2]), System.out).run();
    }

    private void run() throws IOException, InterruptedException {
        out.println("| process | exit | seconds | CPU seconds | peak MB |");
        out.println("| --- | --- | --- | --- | --- |");
        try (Simulator simulator = Simulator.start(SimulatorSettings.synthetic(recordings, SEED))) {
            writeProject(simulator);
            List<String> sync = List.of(
                    tactus.toString(),
                    "sync",
                    "--json",
                    "--config",
                    folder.resolve("tactus.yaml").toString(),
                    "--day",
                    DAY.toString());
            print("tactus sync, first day (searches)", MeasuredProcess.run(sync, folder.resolve("sync-1.log")));
            List<String> again = new ArrayList<>(sync);
            again.add("--new-run");
            print("tactus sync, the same day again", MeasuredProcess.run(again, folder.resolve("sync-2.log")));
        }
        for (String memory : List.of("256MB", "4GB")) {
            print("DuckDB alone, memory_limit " + memory, duckDb(memory));
        }
    }

    private void writeProject(Simulator simulator) throws IOException {
        try (InputStream catalog =
                simulator.baseUri().resolve("/_sim/catalog.csv").toURL().openStream()) {
            Files.copy(catalog, folder.resolve("catalog.csv"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
                folder.resolve("tactus.yaml"),
                """
                version: 1
                catalog: catalog.csv
                artist_separator: ";"
                ledger: ./ledger.db
                lake: ./lake
                sources:
                  spotify:
                    profile: spotify-for-artists
                    base_url: %1$s
                    token_url: %1$s/api/token
                    client_id: bench
                    client_secret: bench
                    limits: [{scope: token, permits: 1000000, window: 1s}]
                    concurrency: 10
                """.formatted(simulator.baseUri().toString().replaceAll("/$", "")),
                StandardCharsets.UTF_8);
    }

    private MeasuredProcess duckDb(String memory) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DuckDbAlone.class.getName(),
                Long.toString(recordings),
                Long.toString(SEED),
                DAY.toString(),
                folder.resolve("duckdb-" + memory).toString(),
                memory);
        return MeasuredProcess.run(command, folder.resolve("duckdb-" + memory + ".log"));
    }

    private void print(String name, MeasuredProcess process) {
        out.println(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %d |",
                name,
                process.exitCode(),
                process.elapsed().toMillis() / 1e3,
                process.cpu().toMillis() / 1e3,
                process.peakBytes() >> 20));
    }
}
