package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.context.FailpointListener.Failpoint;
import dev.tactus.ingest.landing.ChunkBounds;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrashPropertyTest extends EachDatabase {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void losesNothingAndLandsNothingTwiceHoweverOftenItCrashes(long seed) {
        Random random = new Random(seed);
        Behaviour behaviour = Behaviour.faultless()
                .with(RecordingFaultRule.share(0.1, new ItemFault.Missing(false))
                        .forAsks(1))
                .with(RecordingFaultRule.share(0.1, new ItemFault.Empty()).forAsks(1));
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, behaviour)) {
            int crashes = 0;
            for (int i = 0; i < 6; i++) {
                house.failpoints = SimulatedCrash.after(1 + random.nextInt(60));
                try {
                    house.sync(SyncFixture.request());
                    break;
                } catch (SimulatedCrash e) {
                    crashes++;
                }
            }
            house.failpoints = FailpointListener.none();
            SyncReport report = house.sync(SyncFixture.request());

            assertThat(crashes).isPositive();
            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(report.counts().standing(ItemState.LANDED))
                    .isEqualTo(report.counts().planned());
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(resources.ledger().chunks().unpublished()).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aRunThatIsPublishedInPartsLosesNothingEitherHoweverOftenItCrashes(long seed) {
        Random random = new Random(seed);
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.bounds = new ChunkBounds(200, 8L << 20, 20, Duration.ofSeconds(20));
            int crashes = 0;
            for (int i = 0; i < 4; i++) {
                house.failpoints = house.anHourAChunk(SimulatedCrash.after(1 + random.nextInt(60)));
                try {
                    house.sync(SyncFixture.inParts());
                    break;
                } catch (SimulatedCrash e) {
                    crashes++;
                }
            }
            house.failpoints = house.anHourAChunk(FailpointListener.none());
            SyncReport report = house.sync(SyncFixture.inParts());

            assertThat(crashes).isPositive();
            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(resources.ledger().chunks().unpublished()).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Failpoint.class,
            names = {
                "PUBLICATION_BEGUN",
                "PUBLICATION_PREPARED",
                "TABLE_COMMITTED",
                "PUBLICATION_COMMITTED",
                "PUBLICATION_NOTED"
            })
    void fetchesNothingAgainThatWasStaged(Failpoint step) {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.failpoints = SimulatedCrash.at(step, 1);
            assertThatThrownBy(() -> house.sync(SyncFixture.request())).isInstanceOf(SimulatedCrash.class);
            long before = house.simulator().report().requests();

            house.failpoints = FailpointListener.none();
            SyncReport report = house.sync(SyncFixture.request());

            assertThat(house.simulator().report().requests()).isEqualTo(before);
            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(resources.ledger().runs().list()).hasSize(1);
            });
        }
    }

    @Test
    void whatIsVisibleNeedsNoStagedFilesAnyMore() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.failpoints = SimulatedCrash.at(Failpoint.TABLE_COMMITTED, 1);
            assertThatThrownBy(() -> house.sync(SyncFixture.request())).isInstanceOf(SimulatedCrash.class);
            house.look(resources -> resources
                    .lake()
                    .staging()
                    .discard(resources.ledger().chunks().unpublished().stream()
                            .map(chunk -> Path.of(chunk.path()))
                            .toList()));

            house.failpoints = FailpointListener.none();
            SyncReport report = house.sync(SyncFixture.request());

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(resources.ledger().publications().list())
                        .singleElement()
                        .satisfies(publication -> {
                            assertThat(publication.completedAt()).isPresent();
                            assertThat(publication.tables()).hasSizeGreaterThanOrEqualTo(5);
                        });
            });
        }
    }

    @Test
    void searchesNothingAgainThatWasAnswered() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.failpoints = SimulatedCrash.at(Failpoint.RESOLUTIONS_NOTED, 1);
            assertThatThrownBy(() -> house.sync(SyncFixture.request())).isInstanceOf(SimulatedCrash.class);
            house.failpoints = FailpointListener.none();
            house.sync(SyncFixture.request());

            assertThat(house.simulator().report().requestsByPath())
                    .containsEntry("/v1/search", (long) SyncFixture.RECORDINGS);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
            });
        }
    }

    @Test
    void makesAHalfVisibleRunWholeBeforeItBeginsAnother() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            house.failpoints = SimulatedCrash.at(Failpoint.TABLE_COMMITTED, 2);
            assertThatThrownBy(() -> house.sync(SyncFixture.request())).isInstanceOf(SimulatedCrash.class);
            house.failpoints = FailpointListener.none();

            SyncReport other = house.sync(SyncFixture.request(
                    List.of(SyncFixture.DAY.plusDays(1)), SyncFixture.request().datasets()));

            assertThat(other.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY.plusDays(1));
            });
        }
    }
}
