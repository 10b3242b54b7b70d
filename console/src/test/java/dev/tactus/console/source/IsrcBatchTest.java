package dev.tactus.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.CommandResult;
import dev.tactus.console.source.StandInService.Answer;
import dev.tactus.console.source.StandInService.Ask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that is asked for recordings by their ISRCs, many in a call.
class IsrcBatchTest {
    private static final int RECORDINGS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private StandInService service;
    private SourceFolder house;

    @BeforeEach
    void start() throws IOException {
        service = StandInService.start(IsrcBatchTest::songs);
        house = new SourceFolder(folder, RECORDINGS, "profile: mine.yaml\nbase_url: " + service.uri());
        house.write("songs.json", "{\"type\": \"object\", \"required\": [\"data\"]}");
        house.write("song.json", "{\"type\": \"object\", \"required\": [\"id\"]}");
        house.write("mine.yaml", profile("song.json"));
    }

    @Test
    void landsEachTrackOfAnIsrc() {
        CommandResult sync = house.sync("--json");

        assertThat(sync.exit()).as(sync.out() + sync.err()).isZero();
        assertThat(sync.json().path("landed").intValue()).isEqualTo(RECORDINGS);
        assertThat(service.asked("/songs")).isEqualTo(3);
        house.holds("SELECT isrc, track_id, title, duration_ms FROM tracks", expected());
        CommandResult audit = house.run("audit");
        assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
    }

    @Test
    void replaysDeadLettersOfABatch() throws IOException {
        house.write("strict.json", "{\"type\": \"object\", \"properties\": {\"name\": {\"maxLength\": 3}}}");
        house.write("mine.yaml", profile("strict.json"));
        assertThat(house.sync("--json").json().path("dead_lettered").intValue()).isEqualTo(RECORDINGS);

        CommandResult still = house.run("dead-letters", "replay", "--json");
        assertThat(still.json().path("landed").intValue()).isZero();
        assertThat(still.json().path("outcomes").path(0).path("reason").asString())
                .isEqualTo("schema");

        house.write("mine.yaml", profile("song.json"));
        CommandResult replay = house.run("dead-letters", "replay", "--json");
        assertThat(replay.exit()).as(replay.err()).isZero();
        assertThat(replay.json().path("landed").intValue())
                .as(replay.out())
                .isEqualTo(replay.json().path("tried").intValue());
        house.holds("SELECT isrc, track_id, title, duration_ms FROM tracks", expected());
        CommandResult audit = house.run("audit");
        assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
    }

    /// Every third recording has two tracks.
    private static List<String> tracks(String isrc) {
        int number = Integer.parseInt(isrc.substring(7));
        return number % 3 == 0 ? List.of("a" + number, "b" + number) : List.of("a" + number);
    }

    private static List<String> expected() {
        List<String> rows = new ArrayList<>();
        for (String isrc : SourceFolder.isrcs(RECORDINGS)) {
            tracks(isrc).forEach(id -> rows.add(isrc + "," + id + ",Title " + id + ",180000"));
        }
        return rows;
    }

    private static Answer songs(Ask ask) {
        if (ask.list("isrc").size() > 25) {
            return Answer.json(400, "{\"errors\": [{\"status\": \"400\"}]}");
        }
        return Answer.json(ask.list("isrc").stream()
                .flatMap(isrc -> tracks(isrc).stream().map(id -> """
                        {"id": "%s", "isrc": "%s", "name": "Title %s", "ms": 180000, "artists": [{"name": "Ann"}]}""".formatted(id, isrc, id)))
                .collect(Collectors.joining(",", "{\"data\": [", "]}")));
    }

    private static String profile(String schema) {
        return """
                profile: 1
                name: mine
                auth: {kind: none}
                duration_precision: 1ms
                track:
                  id: /id
                  isrc: /isrc
                  title: /name
                  duration: {pointer: /ms, unit: ms}
                  artists: {items: /artists, name: /name}
                datasets:
                  tracks:
                    path: /songs
                    query: {isrc: "{isrc}"}
                    by: isrc
                    batch: 25
                    schema: songs.json
                    items: /data
                    item_schema: %s
                """.formatted(schema);
    }

    @AfterEach
    void stop() {
        service.close();
    }
}
