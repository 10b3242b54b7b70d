package dev.tactus.lake;

import dev.tactus.lake.publication.DeadLetterRow;
import dev.tactus.lake.publication.DriftRow;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.PayloadRow;
import dev.tactus.lake.staging.Provenance;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeSettings;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.lake.table.TableSummary;
import dev.tactus.music.Artist;
import dev.tactus.music.Dataset;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A lake with a run that stages, notes and publishes, in the words of the tests.
final class LakeFixture implements AutoCloseable {
    static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    static final LocalDate NEXT = DAY.plusDays(1);
    static final Instant FETCHED = Instant.parse("2026-11-22T06:00:00.123456Z");
    static final LakeSettings SMALL = new LakeSettings(128, 1, 64L << 20);

    final Path folder;
    final Lake lake;
    private @Nullable ChunkWriter writer;
    private final List<StagedFile> files = new ArrayList<>();
    private final List<FetchedItem> items = new ArrayList<>();
    private final List<DriftRow> drifts = new ArrayList<>();
    private final List<DeadLetterRow> deadLetters = new ArrayList<>();

    LakeFixture(Path folder) {
        this(folder, SMALL);
    }

    LakeFixture(Path folder, LakeSettings settings) {
        this(folder, Lake.open(folder, settings));
    }

    LakeFixture(Path folder, Lake lake) {
        this.folder = folder;
        this.lake = lake;
    }

    static Isrc isrc(int number) {
        return new Isrc("USABC25%05d".formatted(number));
    }

    static Provenance from(LocalDate day) {
        return new Provenance("spotify", day, "run-1", "ab".repeat(32), FETCHED);
    }

    ChunkWriter writer() {
        ChunkWriter open = writer == null ? lake.staging().writer("run-1") : writer;
        writer = open;
        return open;
    }

    LakeFixture streams(int recording, LocalDate day, long... byTerritory) {
        long rows = writer().streams(isrc(recording), "t" + recording, counts(byTerritory), from(day));
        return item(Dataset.STREAMS, recording, day, rows);
    }

    LakeFixture listeners(int recording, LocalDate day, List<ListenerCount> counts, List<Demographic> parts) {
        long rows = writer().listeners(isrc(recording), "t" + recording, counts, parts, from(day));
        return item(Dataset.LISTENERS, recording, day, rows);
    }

    LakeFixture track(int recording, LocalDate day, String title, Artist... artists) {
        Track track = new Track(
                "t" + recording, isrc(recording), title, List.of(artists), 201_000, null, "album", null, "2025-03");
        return item(Dataset.TRACKS, recording, day, writer().track(track, from(day)));
    }

    LakeFixture payload(String request, byte[] body) {
        writer().payload(new PayloadRow("cd".repeat(32), request, FETCHED, "spotify", "/v1/streams", 200, body));
        return this;
    }

    LakeFixture payload(String request) {
        return payload(request, "{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8));
    }

    LakeFixture item(Dataset dataset, int recording, LocalDate day, long rows) {
        items.add(new FetchedItem(dataset, isrc(recording), day, rows));
        return this;
    }

    LakeFixture drift(String id, String found) {
        drifts.add(new DriftRow(id, "spotify", isrc(1).value(), "title", "a", found, "warning", "open", FETCHED));
        return this;
    }

    LakeFixture deadLetter(String id) {
        deadLetters.add(new DeadLetterRow(id, "run-1", "spotify", "/v1/streams", null, "schema", null, null, "open"));
        return this;
    }

    List<StagedFile> seal() {
        List<StagedFile> sealed = writer().seal();
        files.addAll(sealed);
        return sealed;
    }

    Publication publication(String id) {
        seal();
        Publication publication = new Publication(
                id,
                "run-1",
                "spotify",
                files,
                List.copyOf(items),
                Map.of("catalog_hash", "f00d", "code_version", "0.1.0"),
                List.copyOf(drifts),
                List.copyOf(deadLetters));
        files.clear();
        items.clear();
        drifts.clear();
        deadLetters.clear();
        return publication;
    }

    List<TableCommit> publish(String id) {
        return publish(publication(id));
    }

    List<TableCommit> publish(Publication publication) {
        try (PreparedPublication prepared = lake.prepare(publication)) {
            return prepared.commit(CommitListener.none());
        }
    }

    TableSummary summary(LakeTable table) {
        return lake.tables().stream()
                .filter(t -> t.table() == table)
                .findFirst()
                .orElseThrow();
    }

    /// Rows as their values joined by a bar.
    List<String> ask(String sql) {
        CollectedRows rows = new CollectedRows();
        lake.query(sql, rows);
        return rows.lines();
    }

    List<String> askAsOf(Instant moment, String sql) {
        CollectedRows rows = new CollectedRows();
        lake.query(sql, moment, rows);
        return rows.lines();
    }

    private static List<StreamCount> counts(long... byTerritory) {
        List<StreamCount> counts = new ArrayList<>();
        for (int i = 0; i < byTerritory.length; i++) {
            counts.add(new StreamCount("T" + i, byTerritory[i]));
        }
        return counts;
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
        lake.close();
    }
}
