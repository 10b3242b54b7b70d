package dev.tactus.bench;

import dev.tactus.lake.Lake;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.SaleAmount;
import dev.tactus.lake.sales.SaleContext;
import dev.tactus.lake.sales.SaleRecording;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.Provenance;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.ledger.Ledger;
import dev.tactus.music.Dataset;
import dev.tactus.music.Recording;
import dev.tactus.music.StreamCount;
import dev.tactus.music.identifiers.Isrc;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// As many API rows as report rows, nearly all of different recordings and territories, reconciled by the built command
/// line in one process: the join, its proof, the table, and the files for people. Prints seconds and peak memory.
final class ReconcileBench {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final int TERRITORIES = 20;
    private static final int SEALED = 25_000;

    private final Path folder;
    private final Path tactus;
    private final int recordings;
    private final PrintStream out;

    private ReconcileBench(Path folder, Path tactus, long rows, PrintStream out) {
        this.folder = folder;
        this.tactus = tactus;
        // one in fifty is missing on each side
        this.recordings = Math.toIntExact(rows / TERRITORIES * 50 / 49);
        this.out = out;
    }

    /// Arguments: the folder to work in, the command line, how many rows on each side.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        new ReconcileBench(folder, Path.of(arguments[1]), Long.parseLong(arguments[2]), System.out).run();
    }

    private void run() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("tactus.yaml"), """
                version: 1
                catalog: catalog.csv
                sources: {spotify: {profile: spotify-for-artists}}
                """, StandardCharsets.UTF_8);
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), InstantSource.fixed(NOW));
                Lake lake = Lake.open(folder.resolve("lake"), new LakeSettings(1024, 2, 128L << 20))) {
            ledger.recordings()
                    .replaceWith(
                            "bench",
                            IntStream.range(0, recordings)
                                    .mapToObj(i -> titled(i))
                                    .iterator());
            api(lake);
            reports(lake);
        }
        out.println("| process | exit | seconds | CPU seconds | peak MB |");
        out.println("| --- | --- | --- | --- | --- |");
        measure("tactus reconcile, the table alone", "--json", "--no-files");
        measure("tactus reconcile, the same again, with coverage and CSV", "--json");
    }

    private void measure(String name, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                tactus.toString(),
                "reconcile",
                "--config",
                folder.resolve("tactus.yaml").toString(),
                "--period",
                "2026-10"));
        command.addAll(List.of(options));
        MeasuredProcess process = MeasuredProcess.run(command, folder.resolve("reconcile.log"));
        out.println(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %d |",
                name,
                process.exitCode(),
                process.elapsed().toMillis() / 1e3,
                process.cpu().toMillis() / 1e3,
                process.peakBytes() >> 20));
    }

    private void api(Lake lake) {
        List<StagedFile> files = new ArrayList<>();
        List<FetchedItem> items = new ArrayList<>();
        Provenance from = new Provenance("spotify", DAY, "run-1", "ab".repeat(32), NOW);
        try (ChunkWriter writer = lake.staging().writer("run-1")) {
            for (int i = 0; i < recordings; i++) {
                if (i % 50 == 8) {
                    continue;
                }
                List<StreamCount> counts = new ArrayList<>(TERRITORIES);
                for (int t = 0; t < TERRITORIES; t++) {
                    counts.add(new StreamCount(territory(t), count(i, t)));
                }
                long rows = writer.streams(isrc(i), "track" + i, counts, from);
                items.add(new FetchedItem(Dataset.STREAMS, isrc(i), DAY, rows));
                if (i % SEALED == SEALED - 1) {
                    files.addAll(writer.seal());
                }
            }
            files.addAll(writer.seal());
        }
        Publication publication =
                new Publication("run-1/1", "run-1", "spotify", files, items, Map.of(), List.of(), List.of());
        try (PreparedPublication prepared = lake.prepare(publication)) {
            prepared.commit(CommitListener.none());
        }
    }

    /// One report a territory, with another count for one recording in a hundred.
    private void reports(Lake lake) {
        byte[] raw = "row".getBytes(StandardCharsets.UTF_8);
        SaleAmount amount = SaleAmount.of(new BigDecimal("0.003417"), "0.003417".getBytes(StandardCharsets.UTF_8));
        for (int t = 0; t < TERRITORIES; t++) {
            try (SalesWriter writer = lake.sales().writer("report-" + t, "Spotify")) {
                SaleContext context = new SaleContext(
                        "Spotify",
                        territory(t),
                        "stream",
                        DAY,
                        LocalDate.of(2026, 10, 31),
                        "2026-10",
                        "EUR",
                        null,
                        null);
                for (int i = 0; i < recordings; i++) {
                    if (i % 50 == 7) {
                        continue;
                    }
                    SaleRecording recording = new SaleRecording(isrc(i).value(), null, null, null, null);
                    long quantity = i % 100 == 3 ? count(i, t) + 50 : count(i, t);
                    writer.sale(i + 1L, context, recording, quantity, amount, raw);
                }
                try (PreparedSales written = writer.finish()) {
                    written.commit(Set.of(), Map.of());
                }
            }
        }
    }

    private static long count(int recording, int territory) {
        return 1 + (recording * 31L + territory * 17L) % 5_000;
    }

    private static Recording titled(int number) {
        return new Recording(
                isrc(number),
                "Song " + number,
                List.of("Artist " + number % 5_000),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                0);
    }

    private static Isrc isrc(int number) {
        return new Isrc(String.format(Locale.ROOT, "QZT%02d%07d", 20 + number / 9_000_000, number % 9_000_000));
    }

    private static String territory(int number) {
        return List.of(
                        "DE", "FR", "US", "GB", "BR", "IT", "ES", "NL", "SE", "NO", "DK", "FI", "PL", "MX", "CA", "AU",
                        "JP", "IN", "AR", "ZA")
                .get(number);
    }
}
