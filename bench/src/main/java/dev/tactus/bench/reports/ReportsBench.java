package dev.tactus.bench.reports;

import dev.tactus.bench.MeasuredProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One messy statement, imported by the built command line, and turned into Parquet by DuckDB in both of its ways.
/// Prints rows a second, CPU seconds and peak memory of each process, and their ratios to ours.
final class ReportsBench {
    private static final long SEED = 7;

    private final Path folder;
    private final Path tactus;
    private final long bytes;
    private final PrintStream out;

    private ReportsBench(Path folder, Path tactus, long bytes, PrintStream out) {
        this.folder = folder;
        this.tactus = tactus;
        this.bytes = bytes;
        this.out = out;
    }

    /// Arguments: the folder to work in, the command line, how many megabytes.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        new ReportsBench(folder, Path.of(arguments[1]), Long.parseLong(arguments[2]) * 1_000_000, System.out).run();
    }

    /// A way to do it, measured.
    private record Way(String name, MeasuredProcess process, String says) {}

    private void run() throws IOException, InterruptedException {
        Path file = folder.resolve("statement.csv");
        MessyReport.Truth truth = MessyReport.write(file, bytes, SEED);
        writeProject();
        List<Way> ways = new ArrayList<>();
        ways.add(measured(
                "tactus reports import",
                List.of(
                        tactus.toString(),
                        "reports",
                        "import",
                        file.toString(),
                        "--json",
                        "--config",
                        folder.resolve("tactus.yaml").toString())));
        ways.add(measured("DuckDB, validating (TRY_CAST, rejects)", duckDb("validating", file)));
        ways.add(measured("DuckDB, bare (read_csv to Parquet)", duckDb("bare", file)));
        String sum = truth.earnings().stripTrailingZeros().toPlainString();
        for (String expected : List.of(
                "\"landed\":" + truth.rows(), "\"rejected\":" + truth.wrong(), "\"reported\":\"" + sum + "\"")) {
            if (!ways.getFirst().says().contains(expected)) {
                throw new IOException("the import should say " + expected + ": "
                        + ways.getFirst().says());
            }
        }
        print(truth, ways);
    }

    private Way measured(String name, List<String> command) throws IOException, InterruptedException {
        // the file is in the page cache for each of them
        Path log = folder.resolve(name.replaceAll("[^A-Za-z]+", "-") + ".log");
        MeasuredProcess process = MeasuredProcess.run(command, log);
        String said = Files.readString(log).strip();
        if (process.exitCode() != 0) {
            throw new IOException(name + " failed: " + said);
        }
        return new Way(name, process, said);
    }

    private void print(MessyReport.Truth truth, List<Way> ways) {
        out.println(String.format(
                Locale.ROOT,
                "%,d MB, seed %d: %,d sound rows worth %s USD, %,d rows to be set aside.%n",
                bytes / 1_000_000,
                SEED,
                truth.rows(),
                truth.earnings().stripTrailingZeros().toPlainString(),
                truth.wrong()));
        out.println("| process | seconds | rows/s | CPU seconds | peak MB | time, to ours | CPU, to ours |");
        out.println("| --- | --- | --- | --- | --- | --- | --- |");
        MeasuredProcess ours = ways.getFirst().process();
        for (Way way : ways) {
            double seconds = way.process().elapsed().toMillis() / 1e3;
            out.println(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %,.0f | %.1f | %d | %.2f | %.2f |",
                    way.name(),
                    seconds,
                    (truth.rows() + truth.wrong()) / seconds,
                    way.process().cpu().toMillis() / 1e3,
                    way.process().peakBytes() >> 20,
                    seconds * 1e3 / ours.elapsed().toMillis(),
                    (double) way.process().cpu().toMillis() / ours.cpu().toMillis()));
        }
        out.println();
        ways.stream()
                .skip(1)
                .filter(way -> !way.says().isEmpty())
                .forEach(way -> out.println(way.name() + ": " + way.says()));
    }

    private void writeProject() throws IOException {
        Files.writeString(folder.resolve("catalog.csv"), "isrc\nUSABC2500001\n");
        Files.writeString(folder.resolve("tactus.yaml"), """
                version: 1
                catalog: catalog.csv
                ledger: ./ledger.db
                lake: ./lake
                sources:
                  spotify:
                    profile: spotify-for-artists
                    base_url: http://127.0.0.1:9
                    token_url: http://127.0.0.1:9/api/token
                    client_id: bench
                    client_secret: bench
                """);
    }

    private List<String> duckDb(String way, Path file) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DuckDbReports.class.getName(),
                way,
                file.toString(),
                folder.resolve("duckdb-" + way).toString(),
                "2GB");
    }
}
