package dev.tactus.console;

import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.Recording;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.simulator.Simulator;
import dev.tactus.simulator.SimulatorSettings;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.fault.SimulatedEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/// A simulated source over HTTP, a folder set up for it, and what its lake has to hold in the end.
record SimulatedSetup(Simulator simulator, ConfiguredFolder settled) implements AutoCloseable {
    static final LocalDate DAY = LocalDate.of(2026, 3, 14);

    static SimulatedSetup start(Path folder, SimulatorSettings settings, String more) throws IOException {
        Simulator simulator = Simulator.start(settings);
        ConfiguredFolder settled = ConfiguredFolder.in(folder, simulator.baseUri(), "");
        Files.writeString(settled.config(), ConfiguredFolder.yaml(simulator.baseUri(), more));
        try (InputStream catalog =
                simulator.baseUri().resolve("/_sim/catalog.csv").toURL().openStream()) {
            Files.write(folder.resolve("catalog.csv"), catalog.readAllBytes());
        }
        return new SimulatedSetup(simulator, settled);
    }

    static SimulatorSettings synthetic(long recordings, String behaviour) {
        return SimulatorSettings.synthetic(recordings, 11).with(Behaviour.parse("behaviour", behaviour));
    }

    String[] sync(String... more) {
        List<String> args =
                new ArrayList<>(List.of("sync", "--config", settled.config().toString(), "--day", DAY.toString()));
        Collections.addAll(args, more);
        return args.toArray(String[]::new);
    }

    CommandResult run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", settled.config().toString()));
        return CommandResult.of(all.toArray(String[]::new));
    }

    /// True as soon as rows are staged.
    BooleanSupplier staging() {
        return () -> files("staging", ".parquet") > 0;
    }

    /// True as soon as a table has got one more metadata file: between the first commit and the last.
    BooleanSupplier publishing() {
        long before = files("", ".metadata.json");
        return () -> files("", ".metadata.json") > before;
    }

    private long files(String below, String ending) {
        Path start = settled.config().resolveSibling("lake").resolve(below);
        if (!Files.isDirectory(start)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> file.toString().endsWith(ending)).count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // a file went away while it was looked at
        }
    }

    /// Compares every metric table row by row with what the source would have given without passing faults.
    void assertLakeIsComplete() {
        List<String> tracks = new ArrayList<>();
        List<String> streams = new ArrayList<>();
        List<String> listeners = new ArrayList<>();
        List<String> demographics = new ArrayList<>();
        ServedCatalog catalog = simulator.catalog();
        for (long i = 0; i < catalog.recordings(); i++) {
            Recording recording = catalog.recording(i);
            if (simulator
                    .faults()
                    .lasting(recording.isrc(), SimulatedEndpoint.SEARCH)
                    .isPresent()) {
                continue; // the only lasting fault of these tests: the source does not have it
            }
            for (Track track : catalog.tracksOf(recording.isrc())) {
                String key = track.isrc() + "," + track.id() + ",";
                tracks.add(key + track.durationMs() + "," + DAY);
                for (StreamCount count : catalog.streams(track.id(), DAY)) {
                    streams.add(key + count.territory() + "," + count.streams() + "," + DAY);
                }
                for (ListenerCount count : catalog.listeners(track.id(), DAY).counts()) {
                    listeners.add(key + count.territory() + "," + count.listeners() + "," + DAY);
                }
                for (Demographic part : catalog.listeners(track.id(), DAY).demographics()) {
                    demographics.add(key + part.territory() + "," + part.age() + "," + part.gender() + ","
                            + part.listeners() + "," + DAY);
                }
            }
        }
        Map.of(
                        "SELECT isrc, track_id, duration_ms, day FROM tracks", tracks,
                        "SELECT isrc, track_id, territory, stream_count, day FROM daily_streams", streams,
                        "SELECT isrc, track_id, territory, listener_count, day FROM daily_listeners", listeners,
                        "SELECT isrc, track_id, territory, age, gender, listener_count, day FROM listener_demographics",
                                demographics)
                .forEach(this::assertRows);
    }

    private void assertRows(String sql, List<String> expected) {
        CommandResult query = run("query", "--format", "csv", sql);
        Assertions.assertThat(query.exit()).as(query.err()).isZero();
        List<String> found = new ArrayList<>(query.out().lines().skip(1).toList());
        Collections.sort(found);
        Collections.sort(expected);
        Assertions.assertThat(expected).isNotEmpty();
        // sizes and differences first: two lists of thousands of rows make no message
        List<String> lost = new ArrayList<>(expected);
        List<String> extra = new ArrayList<>(found);
        if (!found.equals(expected)) {
            found.forEach(lost::remove);
            expected.forEach(extra::remove);
            Assertions.fail(sql + ": lost " + lost.size() + " " + some(lost) + ", too many " + extra.size() + " "
                    + some(extra));
        }
    }

    private static List<String> some(List<String> rows) {
        return rows.subList(0, Math.min(5, rows.size()));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
