package dev.tactus.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
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
        service = StandInService.start(SongService::answer);
        house = new SourceFolder(folder, RECORDINGS, "profile: mine.yaml\nbase_url: " + service.uri());
        house.write("songs.json", "{\"type\": \"object\", \"required\": [\"data\"]}");
        house.write("song.json", "{\"type\": \"object\", \"required\": [\"id\"]}");
        house.write("mine.yaml", SongService.profile("{kind: none}", "song.json"));
    }

    @Test
    void landsEachTrackOfAnIsrc() {
        CommandResult sync = house.sync("--json");

        assertThat(sync.exit()).as(sync.out() + sync.err()).isZero();
        assertThat(sync.json().path("landed").intValue()).isEqualTo(RECORDINGS);
        assertThat(service.asked("/songs")).isEqualTo(3);
        house.holds("SELECT isrc, track_id, title, duration_ms FROM tracks", SongService.rows(RECORDINGS));
        CommandResult audit = house.run("audit");
        assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
    }

    @Test
    void replaysDeadLettersOfABatch() throws IOException {
        house.write("strict.json", "{\"type\": \"object\", \"properties\": {\"name\": {\"maxLength\": 3}}}");
        house.write("mine.yaml", SongService.profile("{kind: none}", "strict.json"));
        assertThat(house.sync("--json").json().path("dead_lettered").intValue()).isEqualTo(RECORDINGS);

        CommandResult still = house.run("dead-letters", "replay", "--json");
        assertThat(still.exit()).isEqualTo(3);
        assertThat(still.json().path("landed").intValue()).isZero();
        assertThat(still.json().path("outcomes").path(0).path("reason").asString())
                .isEqualTo("schema");

        house.write("mine.yaml", SongService.profile("{kind: none}", "song.json"));
        CommandResult replay = house.run("dead-letters", "replay", "--json");
        assertThat(replay.exit()).as(replay.err()).isZero();
        assertThat(replay.json().path("landed").intValue())
                .as(replay.out())
                .isEqualTo(replay.json().path("tried").intValue());
        house.holds("SELECT isrc, track_id, title, duration_ms FROM tracks", SongService.rows(RECORDINGS));
        CommandResult audit = house.run("audit");
        assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
    }

    @Test
    void aDeadLetterTellsWhichOfSeveralSourcesItIsOf() throws IOException {
        house.write("strict.json", "{\"type\": \"object\", \"properties\": {\"name\": {\"maxLength\": 3}}}");
        house.write("mine.yaml", SongService.profile("{kind: none}", "strict.json"));
        house.configure("profile: mine.yaml\nbase_url: " + service.uri() + "\n");
        house.sync();
        String id = house.run("dead-letters", "list", "--json")
                .json()
                .path("dead_letters")
                .path(0)
                .path("id")
                .asString();
        house.alsoWith("other", "profile: mine.yaml\nbase_url: " + service.uri());

        assertThat(house.run("dead-letters", "replay").exit()).isEqualTo(2);
        CommandResult one = house.run("dead-letters", "replay", id, "--json");
        assertThat(one.exit()).as(one.out() + one.err()).isEqualTo(3);
        assertThat(one.json().path("tried").intValue()).isEqualTo(1);
    }

    @AfterEach
    void stop() {
        service.close();
    }
}
