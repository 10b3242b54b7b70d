package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.Lake;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.Recording;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.catalog.ServedCatalog;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What a lake has to hold of a simulated service, row by row.
final class ExpectedLake {
    private final ServedCatalog catalog;
    private final List<Recording> recordings;

    ExpectedLake(SyncFixture house) {
        this.catalog = house.simulator().catalog();
        this.recordings = house.catalog();
    }

    void holdsTracks(Lake lake, LocalDate day, Predicate<Isrc> which) {
        List<String> expected = new ArrayList<>();
        each(
                which,
                (isrc, track) -> expected.add(
                        isrc + "|" + track.id() + "|" + track.title() + "|" + track.durationMs() + "|" + day));
        same(
                lake,
                "SELECT isrc || '|' || track_id || '|' || title || '|' || duration_ms || '|' || day FROM tracks"
                        + " WHERE day = DATE '" + day + "'",
                expected);
    }

    void holdsStreams(Lake lake, LocalDate day, Predicate<Isrc> which) {
        List<String> expected = new ArrayList<>();
        each(which, (isrc, track) -> {
            for (StreamCount count : catalog.streams(track.id(), day)) {
                expected.add(isrc + "|" + track.id() + "|" + count.territory() + "|" + count.streams());
            }
        });
        same(
                lake,
                "SELECT isrc || '|' || track_id || '|' || territory || '|' || stream_count FROM daily_streams"
                        + " WHERE day = DATE '" + day + "'",
                expected);
    }

    void holdsListeners(Lake lake, LocalDate day, Predicate<Isrc> which) {
        List<String> expected = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        each(which, (isrc, track) -> {
            for (ListenerCount count : catalog.listeners(track.id(), day).counts()) {
                expected.add(isrc + "|" + track.id() + "|" + count.territory() + "|" + count.listeners());
            }
            for (Demographic part : catalog.listeners(track.id(), day).demographics()) {
                resources.add(isrc + "|" + track.id() + "|" + part.territory() + "|" + part.age() + "|" + part.gender()
                        + "|" + part.listeners());
            }
        });
        String where = " WHERE day = DATE '" + day + "'";
        same(
                lake,
                "SELECT isrc || '|' || track_id || '|' || territory || '|' || listener_count FROM daily_listeners"
                        + where,
                expected);
        same(
                lake,
                "SELECT isrc || '|' || track_id || '|' || territory || '|' || age || '|' || gender || '|'"
                        + " || listener_count FROM listener_demographics" + where,
                resources);
    }

    void holdsEverything(Lake lake, LocalDate day) {
        holdsTracks(lake, day, isrc -> true);
        holdsStreams(lake, day, isrc -> true);
        holdsListeners(lake, day, isrc -> true);
    }

    private interface EachTrack {
        void take(Isrc isrc, Track track);
    }

    private void each(Predicate<Isrc> which, EachTrack taker) {
        for (Recording recording : recordings) {
            if (which.test(recording.isrc())) {
                catalog.tracksOf(recording.isrc()).forEach(track -> taker.take(recording.isrc(), track));
            }
        }
    }

    private static void same(Lake lake, String sql, List<String> expected) {
        assertThat(SyncFixture.query(lake, sql).stream().sorted().toList())
                .isEqualTo(expected.stream().sorted().toList());
    }
}
