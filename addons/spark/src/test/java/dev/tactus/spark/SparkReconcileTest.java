package dev.tactus.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds that a reconciliation on a cluster of Spark, of which executors are killed while it works, gives the bytes
/// that
/// DuckDB gives: rows, corrections of a closed month, groups of territories, several currencies.
@Tag("slow")
class SparkReconcileTest {
    @TempDir
    Path folder;

    private final Map<Process, Path> outputs = new HashMap<>();
    private SparkCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new SparkCluster(folder.resolve("spark"), 2);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void theSameBytesAsDuckDbsWhileExecutorsAreKilled() throws Exception {
        Path place = Files.createDirectories(folder.resolve("place"));
        succeed(tactus(place, List.of(), "demo"));
        Path demo = place.resolve("tactus-demo");
        Path statement = Files.writeString(place.resolve("late.csv"), late(demo));
        succeed(tactus(demo, List.of(), "reports", "import", statement.toString()));
        Path kept = folder.resolve("kept");
        copy(place, kept);

        Map<String, String> byDuckDb = reconciled(demo, List.of());
        delete(place);
        copy(kept, place);
        Map<String, String> bySpark = reconciled(demo, List.of("--engine", "spark", "--master", cluster.master()));

        assertThat(bySpark.keySet()).isEqualTo(byDuckDb.keySet());
        byDuckDb.forEach((what, bytes) -> assertThat(bySpark.get(what)).as(what).isEqualTo(bytes));
        assertThat(byDuckDb.get("closed")).contains("Europe").contains("EUR").contains("USD");
        assertThat(byDuckDb.get("adjustments")).contains("2026-11").contains("EUR");
    }

    /// The month after the closed one, which books what has come late, and the closed one, opened again.
    private Map<String, String> reconciled(Path demo, List<String> engine) throws Exception {
        Map<String, String> found = new TreeMap<>();
        String closed = month(demo);
        String next = YearMonth.parse(closed).plusMonths(1).toString();
        reconcile(demo, next, engine);
        found.put(
                "adjustments",
                query(demo, "SELECT * EXCLUDE (revenues), CAST(revenues AS VARCHAR) FROM adjustments ORDER BY ALL"));
        succeed(tactus(
                demo, List.of(), "reopen", "--period", closed, "--by", "Ada Lovelace", "--reason", "a late statement"));
        reconcile(demo, closed, engine);
        found.put("closed", Files.readString(demo.resolve("reconciled/simulated-" + closed + ".csv")));
        return found;
    }

    private static String month(Path demo) throws IOException {
        try (Stream<Path> files = Files.list(demo.resolve("reconciled"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("simulated-\\d{4}-\\d\\d\\.csv"))
                    .map(name -> name.substring("simulated-".length(), name.length() - ".csv".length()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// What a distributor knows of the closed month: a group of territories beside one of its members, the world, and
    /// two currencies for one recording.
    private static String late(Path demo) throws IOException {
        YearMonth month = YearMonth.parse(month(demo));
        String days = month.atDay(1) + "," + month.atEndOfMonth() + ",simulated,";
        List<String> recordings = Files.readAllLines(demo.resolve("catalog.csv")).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')).replace("\"", ""))
                .limit(40)
                .toList();
        StringBuilder text = new StringBuilder("Sale Start date,Sale End date,DSP,Territory,Product UPC,Asset ISRC,"
                + "Product Quantity,Asset Quantity,Reported Royalty,Currency,Sale Type,Asset Title\n");
        for (int i = 0; i < recordings.size(); i++) {
            String rest = ",," + recordings.get(i) + ",," + (100 + i) + ",";
            text.append(days).append(i % 2 == 0 ? "DE" : "FR").append(rest).append("1.25,EUR,Streaming,x\n");
            text.append(days).append(i % 2 == 0 ? "DE" : "FR").append(rest).append("0.0001,USD,Streaming,x\n");
            text.append(days).append(i % 3 == 0 ? "Europe" : "JP").append(rest).append("3.5,EUR,Streaming,x\n");
            text.append(days).append("Worldwide").append(rest).append("7,EUR,Download,x\n");
        }
        return text.toString();
    }

    private void reconcile(Path demo, String period, List<String> engine) throws Exception {
        List<String> command = new ArrayList<>(List.of("reconcile", "--period", period));
        command.addAll(engine);
        Process driver =
                tactus(demo, engine.isEmpty() ? List.of() : cluster.driverOptions(), command.toArray(String[]::new));
        boolean killed = !engine.isEmpty() && cluster.killExecutor(driver);
        succeed(driver);
        assertThat(killed).as("an executor was killed").isEqualTo(!engine.isEmpty());
    }

    private String query(Path demo, String sql) throws Exception {
        return succeed(tactus(demo, List.of(), "query", "--format", "csv", sql));
    }

    /// The command line, in a process of its own: an executor that is lost must not be this test's.
    private Process tactus(Path where, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SparkCluster.java(), "-Xmx1g"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.tactus.console.Tactus"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output-" + UUID.randomUUID());
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectOutput(output.toFile())
                .redirectError(
                        output.resolveSibling(output.getFileName() + ".err").toFile())
                .start();
        outputs.put(process, output);
        return process;
    }

    /// Waits for its end; returns what it printed.
    private String succeed(Process process) throws Exception {
        int exit = process.waitFor();
        Path output = Objects.requireNonNull(outputs.get(process));
        String said = Files.readString(output);
        assertThat(exit)
                .as(said + Files.readString(output.resolveSibling(output.getFileName() + ".err")))
                .isZero();
        return said;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
