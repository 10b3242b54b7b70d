package dev.tactus.console;

import dev.tactus.console.output.Console;
import dev.tactus.console.output.Machine;
import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/// What the build runs once, so that the JVM can keep the loaded and linked classes of the usual commands for later
/// starts, and how often what was called (its AOT cache): a small sync from a simulated source, a statement, and a look
/// at what came of it.
final class Rehearsal {
    private static final int RECORDINGS = 5;

    /// So many that what is done for each row is known to be worth compiling.
    private static final int SALES = 30_000;

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("tactus-rehearsal");
        int exit;
        try (Simulator simulator = Simulator.start(SimulatorSettings.synthetic(RECORDINGS, 1))) {
            DemoFolder demo = new DemoFolder(folder);
            demo.write(simulator);
            Path statement = folder.resolve("statement.csv");
            writeStatement(statement);
            exit = rehearse(demo.configuration().toString(), statement.toString());
        } finally {
            delete(folder);
        }
        System.exit(exit);
    }

    private static void writeStatement(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("Reporting Date,Sale Month,Store,Artist,Title,ISRC,UPC,Quantity,Team Percentage,Song/Album,"
                    + "Country of Sale,Songwriter Royalties Withheld,Earnings (USD)\n");
            for (int i = 0; i < SALES; i++) {
                out.write(String.format(
                        Locale.ROOT,
                        "2026-02-20,2026-01,Spotify,\"Artist, %1$d\",Título"
                                + " %2$d,USABC25%2$05d,,%1$d,100,Song,%3$s,0,0.%2$06d\n",
                        i % 700,
                        i % 5_000,
                        i % 2 == 0 ? "US" : "DE"));
            }
        }
    }

    private static int rehearse(String config, String statement) {
        int worst = 0;
        for (String command : new String[] {
            "--help",
            "sync --help",
            "check --config @",
            "plan --config @",
            "sync --config @ --json",
            "runs list --config @",
            "runs list --config @ --json",
            "drift list --config @",
            "dead-letters list --config @",
            "lake show --config @",
            "reports import --config @ " + statement,
            "reports list --config @",
            "reconcile --config @ --period 2026-01",
            "audit --config @",
        }) {
            worst = Math.max(
                    worst, Tactus.run(silent(), command.replace("@", config).split(" ")));
        }
        for (String format : new String[] {"table", "csv", "json"}) {
            worst = Math.max(
                    worst,
                    Tactus.run(
                            silent(), "query", "--config", config, "--format", format, "SELECT * FROM tracks LIMIT 1"));
        }
        return worst;
    }

    private static Console silent() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Console(nowhere, System.err, System::getenv, Machine.real(), 0);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
