package dev.tactus.simulator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.music.identifiers.Territory;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CatalogPropertyTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @Test
    void aScrambleIsAPermutationAndItsInverse() {
        for (long size : new long[] {1, 2, 3, 10, 64, 1_000}) {
            FeistelPermutation scramble = new FeistelPermutation(size * 31, size);
            Set<Long> places = new HashSet<>();
            for (long i = 0; i < size; i++) {
                long place = scramble.apply(i);
                assertThat(place).isBetween(0L, size - 1);
                assertThat(scramble.invert(place)).isEqualTo(i);
                places.add(place);
            }
            assertThat(places).hasSize((int) size);
        }
    }

    @Test
    void mixingCanBeUndone() {
        new Random(1)
                .longs(10_000)
                .forEach(
                        value -> assertThat(SplitMix.unmix(SplitMix.mix(value))).isEqualTo(value));
    }

    @Test
    void everyRecordingIsFoundByItsIsrcAndEveryTrackByItsId() {
        SyntheticCatalog catalog = new SyntheticCatalog(7, 1_000_000);
        new Random(2).longs(2_000, 0, catalog.recordings()).forEach(index -> {
            Isrc isrc = catalog.isrc(index);
            List<Track> tracks = catalog.tracksOf(isrc);
            assertThat(tracks).isNotEmpty().hasSizeLessThanOrEqualTo(4);
            assertThat(tracks).extracting(Track::isrc).containsOnly(isrc);
            tracks.forEach(track -> assertThat(catalog.track(track.id())).contains(track));
            assertThat(catalog.recording(index).isrc()).isEqualTo(isrc);
            assertThat(catalog.recording(index).title())
                    .isEqualTo(tracks.getFirst().title());
        });
    }

    @Test
    void nothingElseIsFound() {
        SyntheticCatalog catalog = new SyntheticCatalog(7, 1_000);
        SyntheticCatalog larger = new SyntheticCatalog(7, 2_000);
        Isrc beyond = larger.isrc(1_500);
        assertThat(catalog.tracksOf(beyond)).isEmpty();
        assertThat(catalog.track(larger.tracksOf(beyond).getFirst().id())).isEmpty();
        assertThat(catalog.tracksOf(new Isrc("ZZZZZ9999999"))).isEmpty();
        assertThat(catalog.track("0000000000000000000000")).isEmpty();
        assertThat(catalog.track("")).isEmpty();
        assertThat(catalog.track("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ")).isEmpty();
    }

    @Test
    void noTwoRecordingsShareAnIsrc() {
        SyntheticCatalog catalog = new SyntheticCatalog(3, 50_000);
        assertThat(LongStream.range(0, catalog.recordings())
                        .mapToObj(catalog::isrc)
                        .distinct())
                .hasSize(50_000);
    }

    @Test
    void someRecordingsHaveSeveralTracksAndSomeAreHeardNowhere() {
        SyntheticCatalog catalog = new SyntheticCatalog(3, 20_000);
        long several = 0;
        long nowhere = 0;
        long territories = 0;
        for (long i = 0; i < catalog.recordings(); i++) {
            Isrc isrc = catalog.isrc(i);
            several += catalog.tracksOf(isrc).size() > 1 ? 1 : 0;
            int heard = catalog.audience().territories(isrc).size();
            nowhere += heard == 0 ? 1 : 0;
            territories += heard;
        }
        assertThat(several / 20_000.0).isBetween(0.02, 0.04);
        assertThat(nowhere / 20_000.0).isBetween(0.01, 0.03);
        assertThat(territories / 20_000.0).isBetween(24.0, 26.0);
    }

    @Test
    void theAudienceOfADayAddsUp() {
        SyntheticCatalog catalog = new SyntheticCatalog(5, 500);
        for (long i = 0; i < catalog.recordings(); i++) {
            Track track = catalog.tracksOf(catalog.isrc(i)).getFirst();
            List<StreamCount> streams = catalog.streams(track.id(), DAY);
            DailyListeners listeners = catalog.listeners(track.id(), DAY);
            assertThat(streams).extracting(StreamCount::territory).doesNotHaveDuplicates();
            assertThat(listeners.counts()).hasSameSizeAs(streams);
            assertThat(listeners.demographics()).hasSize(4 * streams.size());
            for (int t = 0; t < streams.size(); t++) {
                ListenerCount count = listeners.counts().get(t);
                assertThat(count.territory())
                        .isEqualTo(streams.get(t).territory())
                        .satisfies(
                                code -> assertThat(new Territory(code).kind()).isEqualTo(Territory.Kind.COUNTRY));
                assertThat(count.listeners()).isLessThanOrEqualTo(streams.get(t).streams());
                List<Demographic> parts = listeners.demographics().subList(4 * t, 4 * t + 4);
                assertThat(parts).extracting(part -> part.age() + part.gender()).doesNotHaveDuplicates();
                assertThat(parts.stream().mapToLong(Demographic::listeners).sum())
                        .isEqualTo(count.listeners());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameAndAnotherSeedAnother() {
        SyntheticCatalog one = new SyntheticCatalog(5, 100);
        SyntheticCatalog same = new SyntheticCatalog(5, 100);
        SyntheticCatalog other = new SyntheticCatalog(6, 100);
        assertThat(same.recording(42)).isEqualTo(one.recording(42)).isNotEqualTo(other.recording(42));
        String id = one.tracksOf(one.isrc(42)).getFirst().id();
        assertThat(same.streams(id, DAY))
                .isEqualTo(one.streams(id, DAY))
                .isNotEqualTo(one.streams(id, DAY.plusDays(1)));
    }
}
