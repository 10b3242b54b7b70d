package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static dev.tactus.lake.LakeFixture.FETCHED;
import static dev.tactus.lake.LakeFixture.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.lake.staging.Provenance;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Artist;
import dev.tactus.music.Dataset;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
    @TempDir
    Path folder;

    private LakeFixture run;

    @BeforeEach
    void open() {
        run = new LakeFixture(folder.resolve("lake"));
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void aLakeThatNothingWasPublishedToAnswersWithNoRows() {
        assertThat(run.ask("SELECT * FROM daily_streams")).isEmpty();
        assertThat(run.ask("SELECT count(*) FROM sales")).containsExactly("0");
        assertThat(run.lake.tables()).hasSize(LakeTable.values().length).allMatch(t -> t.rows() == 0 && t.files() == 0);
    }

    @Test
    void everyTableOfADatasetHoldsWhatWasStaged() {
        run.streams(1, DAY, 5, 6)
                .listeners(
                        1,
                        DAY,
                        List.of(new ListenerCount("US", 4)),
                        List.of(new Demographic("US", "18-22", "female", 3), new Demographic("US", "18-22", "male", 1)))
                .track(1, DAY, "Sæglópur", new Artist("a1", "Sigur Rós"), new Artist(null, "Guest"))
                .payload("/v1/streams?ids=t1")
                .drift("d1", "b")
                .deadLetter("x1");
        run.publish("p1");

        assertThat(run.ask("SELECT * FROM daily_streams ORDER BY territory"))
                .containsExactly(
                        "spotify|USABC2500001|t1|T0|2026-11-21|5|run-1|" + "ab".repeat(32) + "|" + FETCHED,
                        "spotify|USABC2500001|t1|T1|2026-11-21|6|run-1|" + "ab".repeat(32) + "|" + FETCHED);
        assertThat(run.ask("SELECT territory, listener_count FROM daily_listeners"))
                .containsExactly("US|4");
        assertThat(run.ask("SELECT age, gender, listener_count FROM listener_demographics ORDER BY ALL"))
                .containsExactly("18-22|female|3", "18-22|male|1");
        assertThat(run.ask("SELECT title, artists, duration_ms, explicit, album_title, release_date FROM tracks"))
                .containsExactly("Sæglópur|[{id=a1, name=Sigur Rós}, {id=null, name=Guest}]|201000|null|null|2025-03");
        assertThat(run.ask("SELECT request, http_status, decode(body), fetched_at FROM payloads"))
                .containsExactly("/v1/streams?ids=t1|200|{\"a\":\"é\"}|" + FETCHED);
        assertThat(run.ask("SELECT id, found, detected_at FROM drift")).containsExactly("d1|b|" + FETCHED);
        assertThat(run.ask("SELECT id, isrc, state FROM dead_letters")).containsExactly("x1|null|open");
    }

    @Test
    void aTrackWithoutArtistsHasNoneOfThem() {
        run.track(1, DAY, "Untitled").publish("p1");

        assertThat(run.ask("SELECT title, artists FROM tracks")).containsExactly("Untitled|null");
    }

    @Test
    void aDayFetchedAgainReplacesTheRowsOfTheRecordingsFetchedAndOfNoOther() {
        run.streams(1, DAY, 10, 11).streams(2, DAY, 20).streams(1, NEXT, 99).publish("p1");
        run.streams(1, DAY, 12).streams(3, DAY, 30).publish("p2");

        assertThat(run.ask("SELECT isrc, territory, day, stream_count FROM daily_streams ORDER BY ALL"))
                .containsExactly(
                        "USABC2500001|T0|2026-11-21|12",
                        "USABC2500001|T0|2026-11-22|99",
                        "USABC2500002|T0|2026-11-21|20",
                        "USABC2500003|T0|2026-11-21|30");
    }

    @Test
    void anItemFetchedWithoutAnyTerritoryTakesItsOldRowsAway() {
        run.streams(1, DAY, 10).streams(2, DAY, 20).publish("p1");
        run.item(Dataset.STREAMS, 1, DAY, 0).publish("p2");

        assertThat(run.ask("SELECT isrc, stream_count FROM daily_streams")).containsExactly("USABC2500002|20");

        run.item(Dataset.STREAMS, 2, DAY, 0).publish("p3");

        assertThat(run.ask("SELECT isrc, stream_count FROM daily_streams")).isEmpty();
    }

    @Test
    void anotherSourcesDayStaysUntouched() {
        run.streams(1, DAY, 10).publish("p1");
        LocalDate day = DAY;
        try (ChunkWriter writer = run.lake.staging().writer("run-2")) {
            writer.streams(
                    LakeFixture.isrc(1),
                    "t1",
                    List.of(new dev.tactus.music.StreamCount("T0", 7)),
                    new Provenance("deezer/eu", day, "run-2", "00", FETCHED));
            run.publish(new Publication(
                    "p2",
                    "run-2",
                    "deezer/eu",
                    writer.seal(),
                    List.of(new FetchedItem(Dataset.STREAMS, LakeFixture.isrc(1), day, 1)),
                    Map.of(),
                    List.of(),
                    List.of()));
        }

        assertThat(run.ask("SELECT source, stream_count FROM daily_streams ORDER BY ALL"))
                .containsExactly("deezer/eu|7", "spotify|10");
    }

    @Test
    void earlierValuesStayInTheHistory() throws InterruptedException {
        run.streams(1, DAY, 10).publish("p1");
        Instant between = run.summary(LakeTable.DAILY_STREAMS).lastChange().orElseThrow();
        while (!Instant.now().isAfter(between.plusMillis(1))) {
            Thread.onSpinWait();
        }
        run.streams(1, DAY, 12).publish("p2");

        assertThat(run.askAsOf(between, "SELECT stream_count FROM daily_streams"))
                .containsExactly("10");
        assertThat(run.ask("SELECT stream_count FROM daily_streams")).containsExactly("12");
        assertThat(run.askAsOf(Instant.EPOCH, "SELECT stream_count FROM daily_streams"))
                .isEmpty();
    }

    @Test
    void chunksBecomeOneFileADay() {
        for (int chunk = 0; chunk < 5; chunk++) {
            run.streams(chunk, DAY, 1, 2, 3).payload("/v1/streams?ids=t" + chunk);
            run.seal();
        }
        run.publish("p1");

        assertThat(run.summary(LakeTable.DAILY_STREAMS).files()).isEqualTo(1);
        assertThat(run.summary(LakeTable.DAILY_STREAMS).rows()).isEqualTo(15);
        assertThat(run.summary(LakeTable.PAYLOADS).files()).isEqualTo(1);
        assertThat(run.ask("SELECT count(*) FROM payloads")).containsExactly("5");
    }

    @Test
    void theTablesOfTheLedgerAreWrittenWhole() {
        run.drift("d1", "b").drift("d2", "c").deadLetter("x1").publish("p1");
        run.drift("d2", "c2").publish("p2");

        assertThat(run.ask("SELECT id, found FROM drift")).containsExactly("d2|c2");
        assertThat(run.ask("SELECT * FROM dead_letters")).isEmpty();
    }

    @Test
    void aPayloadIsKeptByteByByte() {
        byte[] noText = {0, (byte) 0xff, (byte) 0xc3, 10, (byte) 0x80};
        run.payload("/v1/streams?ids=t1", noText).publish("p1");

        CollectedRows rows = new CollectedRows();
        run.lake.query("SELECT body FROM payloads", rows);
        assertThat((byte[]) rows.values().getFirst().getFirst()).isEqualTo(noText);
    }

    @Test
    void theSamePayloadStagedTwiceIsThereOnce() {
        run.payload("/v1/streams?ids=t1").payload("/v1/streams?ids=t1").payload("/v1/streams?ids=t2");
        run.publish("p1");

        assertThat(run.ask("SELECT request FROM payloads ORDER BY ALL"))
                .containsExactly("/v1/streams?ids=t1", "/v1/streams?ids=t2");
    }
}
