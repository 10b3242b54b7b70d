package dev.tactus.ingest;

import static dev.tactus.ingest.SyncFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ingest.plan.FetchPlanner;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.music.Dataset;
import dev.tactus.simulator.behaviour.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Metadata that is asked for once a week: counts of each day, and each recording's track on a day of its own.
class CadenceTest extends EachDatabase {
    private static final int RECORDINGS = 60;

    private static Instant night(LocalDate day) {
        return day.atTime(4, 0).toInstant(ZoneOffset.UTC);
    }

    /// Of tracks alone; every other item of these runs is a count of a day that was not asked before.
    private static long asked(SyncReport report) {
        assertThat(report.accounted()).isTrue();
        return RECORDINGS - report.counts().of(ItemState.NOT_DUE);
    }

    private static long planned(SyncFixture house, SyncRequest request) {
        return house.with(resources -> new FetchPlanner(
                                resources.ledger(),
                                resources.sourceName(),
                                resources.source(),
                                List.of(),
                                resources.clock())
                        .plan(List.of(request), Optional.empty()))
                .requests();
    }

    @Test
    void eachTrackIsAskedForOnceAWeekAndNotAllOnOneDay() {
        try (SyncFixture house = new SyncFixture(folder, RECORDINGS, Behaviour.faultless())) {
            house.itIs(night(DAY.plusDays(1)));
            assertThat(asked(house.sync(SyncFixture.weeklyTracks(DAY)))).isEqualTo(RECORDINGS);

            long all = 0;
            for (int after = 1; after <= 7; after++) {
                house.itIs(night(DAY.plusDays(after + 1)));
                SyncReport report = house.sync(SyncFixture.weeklyTracks(DAY.plusDays(after)));
                assertThat(asked(report)).as("%d days after", after).isBetween(1L, RECORDINGS / 3L);
                all += asked(report);
                house.look(resources -> {
                    List<String> counts = new ArrayList<>();
                    resources
                            .lake()
                            .query("SELECT count(DISTINCT isrc) FROM tracks", row -> counts.add("" + row.getFirst()));
                    assertThat(counts).containsExactly("" + RECORDINGS);
                });
            }
            assertThat(all).isEqualTo(RECORDINGS);
        }
    }

    @Test
    void aPlanCountsOnlyWhatIsDueAndANewRunAsksForEverything() {
        try (SyncFixture house = new SyncFixture(folder, RECORDINGS, Behaviour.faultless())) {
            house.itIs(night(DAY.plusDays(1)));
            house.sync(SyncFixture.request());
            SyncRequest daily = SyncFixture.request(
                    List.of(DAY.plusDays(1)), SyncFixture.request().datasets());
            house.itIs(night(DAY.plusDays(2)));
            assertThat(planned(house, SyncFixture.weeklyTracks(DAY.plusDays(1))))
                    .isLessThan(planned(house, daily));

            assertThat(house.sync(SyncFixture.anew()).counts().of(ItemState.NOT_DUE))
                    .isZero();
        }
    }

    @Test
    void countsOfADayHaveNoCadence() {
        SyncRequest some = SyncFixture.request();
        assertThatThrownBy(() -> new SyncRequest(
                        some.days(),
                        some.datasets(),
                        some.continuation(),
                        some.settleDays(),
                        Map.of(Dataset.STREAMS, Duration.ofDays(7)),
                        some.maxWait(),
                        some.concurrency(),
                        some.tolerance(),
                        some.deadline(),
                        some.publishEvery(),
                        some.webhooks(),
                        some.codeVersion()))
                .hasMessageContaining("counts of each day");
    }
}
