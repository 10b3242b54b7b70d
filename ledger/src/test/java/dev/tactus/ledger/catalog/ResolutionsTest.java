package dev.tactus.ledger.catalog;

import static dev.tactus.ledger.Samples.SOURCE;
import static dev.tactus.ledger.Samples.catalog;
import static dev.tactus.ledger.Samples.isrc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.music.identifiers.Isrc;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResolutionsTest extends StoreTest {
    private final Instant now = clock.instant();

    @Test
    void remembersWhatEachSourceSaid() {
        Resolution found = new Resolution.Found(isrc(1), List.of("b", "a", "odd\nid"), now);
        Resolution absent = new Resolution.Absent(isrc(2), 2, now);
        ledger.resolutions().record(SOURCE, List.of(found, absent));

        List<Isrc> asked = List.of(isrc(1), isrc(2), isrc(3));
        assertThat(ledger.resolutions().find(SOURCE, asked))
                .hasSize(2)
                .containsEntry(isrc(1), found)
                .containsEntry(isrc(2), absent);
        assertThat(ledger.resolutions().find("deezer", asked)).isEmpty();
    }

    @Test
    void takesTheNewAnswerInPlaceOfTheOld() {
        Resolution found = new Resolution.Found(isrc(1), List.of("a"), now);
        ledger.resolutions().record(SOURCE, List.of(new Resolution.Absent(isrc(1), 1, now)));
        ledger.resolutions().record(SOURCE, List.of(found));
        assertThat(ledger.resolutions().find(SOURCE, List.of(isrc(1)))).containsValue(found);
    }

    @Test
    void believesAnAbsenceOnlyWhenAskedTwice() {
        Freshness fresh = Freshness.of(now, Duration.ofDays(30), Duration.ZERO);
        assertThat(fresh.holds(new Resolution.Absent(isrc(1), 1, now))).isFalse();
        assertThat(fresh.holds(new Resolution.Absent(isrc(1), 2, now))).isTrue();
    }

    @Test
    void countsSearchesAndTrackIdsOfActiveRecordingsOnly() {
        catalog(ledger, 6);
        catalog(ledger, 4);
        Freshness fresh = Freshness.of(now, Duration.ofDays(30), Duration.ZERO);
        ledger.resolutions()
                .record(
                        SOURCE,
                        List.of(
                                new Resolution.Found(isrc(0), List.of("a", "b", "c"), now),
                                new Resolution.Found(isrc(1), List.of("d\ne"), now),
                                new Resolution.Found(isrc(2), List.of("f"), now.minus(Duration.ofDays(31))),
                                new Resolution.Absent(isrc(3), 2, now),
                                new Resolution.Found(isrc(5), List.of("g"), now)));
        assertThat(ledger.resolutions().unresolved(SOURCE, fresh)).isEqualTo(1);
        assertThat(ledger.resolutions().freshTrackIds(SOURCE, fresh)).isEqualTo(4);
    }

    @Test
    void isFreshInSqlExactlyWhereItIsFreshInJava() {
        Random random = new Random(7);
        catalog(ledger, 1_000);
        List<Resolution> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Instant at = now.minusSeconds(random.nextInt(20));
            all.add(
                    random.nextBoolean()
                            ? new Resolution.Found(isrc(i), List.of("t"), at)
                            : new Resolution.Absent(isrc(i), 1 + random.nextInt(3), at));
        }
        ledger.resolutions().record(SOURCE, all);
        List<Isrc> isrcs = IntStream.range(0, 1_000).mapToObj(Samples::isrc).toList();
        for (int i = 0; i < 50; i++) {
            Freshness fresh = new Freshness(
                    now,
                    Duration.ofSeconds(1 + random.nextInt(25)),
                    now.minusSeconds(random.nextInt(21)),
                    1 + random.nextInt(3));
            long holding = all.stream().filter(fresh::holds).count();
            assertThat(ledger.resolutions().unresolved(SOURCE, fresh)).isEqualTo(1_000 - holding);
            assertThat(ledger.resolutions().find(SOURCE, isrcs, fresh)).hasSize((int) holding);
        }
    }

    @Test
    void idsThatWereFoundTogetherAreLookedUpAgainEvenly() {
        int recordings = 3_000;
        catalog(ledger, recordings);
        Duration period = Duration.ofDays(30);
        Map<Integer, Instant> found = new HashMap<>();
        for (int i = 0; i < recordings; i++) {
            found.put(i, now);
        }
        for (int day = 1; day <= 65; day++) {
            Instant today = now.plus(Duration.ofDays(day));
            Freshness fresh = Freshness.of(today, period, Duration.ZERO);
            List<Integer> due = found.entrySet().stream()
                    .filter(one -> !fresh.holds(new Resolution.Found(isrc(one.getKey()), List.of("t"), one.getValue())))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(due).as("day %d", day).hasSizeBetween(recordings / 30 - 60, recordings / 30 + 60);
            due.forEach(i -> found.put(i, today));
            assertThat(found.values()).allMatch(at -> !at.isBefore(today.minus(period)));
        }
    }

    @Test
    void refusesWhatSaysNothing() {
        assertThatThrownBy(() -> new Resolution.Found(isrc(1), List.of(), now)).hasMessageContaining("no track id");
        assertThatThrownBy(() -> new Resolution.Absent(isrc(1), 0, now)).hasMessageContaining("never asked");
    }
}
