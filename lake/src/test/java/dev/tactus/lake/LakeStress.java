package dev.tactus.lake;

import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.PayloadRow;
import dev.tactus.lake.staging.Provenance;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.music.Dataset;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.identifiers.Isrc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// A day of a large catalog through the lake, twice, as a program: `LakeStress FOLDER RECORDINGS TERRITORIES DAYS…`.
///
/// Prints seconds of each phase and the process's peak memory. The second publication replaces the first one whole.
public final class LakeStress {
    private static final String[] AGES = {"18-22", "23-27"};
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private LakeStress() {}

    public static void main(String[] args) throws IOException {
        int recordings = Integer.parseInt(args[1]);
        int territories = Integer.parseInt(args[2]);
        int publications = Integer.parseInt(args[3]);
        try (Lake lake = timed("open", () -> Lake.open(Path.of(args[0]), LakeSettings.defaults()))) {
            for (int round = 1; round <= publications; round++) {
                publish(lake, "run-" + round + "-" + ProcessHandle.current().pid(), recordings, territories, round);
            }
            timed(
                    "query",
                    () -> lake.query(
                            "SELECT territory, sum(stream_count) FROM daily_streams GROUP BY ALL ORDER BY 2 DESC LIMIT 5",
                            new CollectedRows()));
            lake.tables()
                    .forEach(t -> System.out.println(
                            t.table().label() + " " + t.rows() + " rows " + t.files() + " files " + t.bytes()));
            System.out.println(timed(
                    "maintain",
                    () -> lake.maintain(new MaintenanceSettings(1, Instant.MAX, java.util.Set.of(), Instant.now()))));
        }
    }

    private static void publish(Lake lake, String runId, int recordings, int territories, int round) {
        List<StagedFile> files = new ArrayList<>();
        timed(runId + " stage", () -> {
            Random random = new Random(round);
            try (ChunkWriter writer = lake.staging().writer(runId)) {
                for (int batch = 0; batch < recordings; batch += 50) {
                    String sha = "%064x".formatted(random.nextLong(Long.MAX_VALUE));
                    Provenance from = new Provenance("spotify", DAY, runId, sha, Instant.now());
                    StringBuilder body = new StringBuilder();
                    for (int r = batch; r < Math.min(batch + 50, recordings); r++) {
                        recording(writer, r, territories, random, from, body);
                    }
                    writer.payload(new PayloadRow(
                            sha,
                            "/v1/streams?ids=" + batch,
                            from.fetchedAt(),
                            "spotify",
                            "/v1/streams",
                            200,
                            body.toString().getBytes(StandardCharsets.UTF_8)));
                    if (writer.rows() > 400_000 || writer.bytes() > 64 << 20) {
                        files.addAll(writer.seal());
                    }
                }
                files.addAll(writer.seal());
            }
            return files.size();
        });
        Publication publication = new Publication(
                runId + "/1", runId, "spotify", files, items(recordings, territories), Map.of(), List.of(), List.of());
        try (PreparedPublication prepared = timed(runId + " prepare", () -> lake.prepare(publication))) {
            prepared.mismatches().forEach(m -> System.out.println(m.describe()));
            timed(runId + " commit", () -> prepared.commit(c -> System.out.println("  " + c)));
        }
        lake.staging().discard(files.stream().map(StagedFile::path).toList());
    }

    private static Isrc isrc(int r) {
        return new Isrc("USABC%07d".formatted(r));
    }

    private static void recording(
            ChunkWriter writer, int r, int territories, Random random, Provenance from, StringBuilder body) {
        List<StreamCount> streams = new ArrayList<>();
        List<ListenerCount> listeners = new ArrayList<>();
        List<Demographic> parts = new ArrayList<>();
        for (int t = 0; t < territories; t++) {
            String territory = "" + (char) ('A' + t / 26) + (char) ('A' + t % 26);
            streams.add(new StreamCount(territory, random.nextInt(100_000)));
            listeners.add(new ListenerCount(territory, random.nextInt(50_000)));
            parts.add(new Demographic(territory, AGES[t % 2], "female", random.nextInt(10_000)));
            body.append("{\"territory\":\"")
                    .append(territory)
                    .append("\",\"streams\":")
                    .append(random.nextInt(100_000))
                    .append("},");
        }
        writer.streams(isrc(r), "track" + r, streams, from);
        writer.listeners(isrc(r), "track" + r, listeners, parts, from);
    }

    private static Iterable<FetchedItem> items(int recordings, int territories) {
        return () -> {
            Iterator<FetchedItem> items = Stream.iterate(0, r -> r < recordings, r -> r + 1)
                    .flatMap(r -> Stream.of(
                            new FetchedItem(Dataset.STREAMS, isrc(r), DAY, territories),
                            new FetchedItem(Dataset.LISTENERS, isrc(r), DAY, 2L * territories)))
                    .iterator();
            return items;
        };
    }

    private interface Work<T> {
        T run();
    }

    private static <T> T timed(String what, Work<T> work) {
        long start = System.nanoTime();
        long cpuStart = cpu();
        T result = work.run();
        System.out.printf(
                "%-20s %8.2f s  cpu %8.2f s  peak %s%n",
                what, (System.nanoTime() - start) / 1e9, (cpu() - cpuStart) / 1e9, peak());
        return result;
    }

    private static long cpu() {
        return java.lang.management.ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static String peak() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(l -> l.startsWith("VmHWM")).findFirst().orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }
}
