package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.landing.ChunkBounds;
import dev.tactus.ingest.landing.TerritoryGaps;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ingest.run.SyncResources;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.music.Severity;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.SyntheticCatalog;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SyncTest extends EachDatabase {
    @Test
    void landsEveryRowOfAWholeCatalogAndAccountsForIt() {
        try (SyncFixture house = new SyncFixture(folder, 130, Behaviour.faultless())) {
            SyncReport report = house.sync(SyncFixture.request());

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(report.accounted()).isTrue();
            assertThat(report.counts().planned()).isEqualTo(390);
            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(390);
            assertThat(report.calls().requests())
                    .isEqualTo(house.simulator().report().requests());
            assertThat(report.verdict().complete()).isTrue();
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(resources.ledger().runs().list())
                        .singleElement()
                        .matches(run -> run.state() == RunState.FINISHED);
                assertThat(resources.ledger().chunks().unpublished()).isEmpty();
                assertThat(resources.lake().staging().files(report.runId())).isEmpty();
            });
        }
    }

    @Test
    void searchesNothingOnTheSecondDayAndLandsTheTracksOfTheFirstFromTheSearches() {
        try (SyncFixture house = new SyncFixture(folder, 120, Behaviour.faultless())) {
            house.sync(SyncFixture.request());
            assertThat(calls(house, "/v1/search")).isEqualTo(120);
            assertThat(calls(house, "/v1/tracks")).isZero();

            LocalDate next = SyncFixture.DAY.plusDays(1);
            SyncReport second = house.sync(SyncFixture.request(List.of(next), EnumSet.allOf(Dataset.class)));

            assertThat(calls(house, "/v1/search")).isEqualTo(120);
            assertThat(second.counts().of(ItemState.LANDED)).isEqualTo(360);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                new ExpectedLake(house).holdsEverything(resources.lake(), next);
            });
        }
    }

    @Test
    void whatHasLandedIsVisibleWhileTheRunGoesOnWhereItIsPublishedInParts() {
        try (SyncFixture house = new SyncFixture(folder, 120, Behaviour.faultless())) {
            house.bounds = new ChunkBounds(2_000, 8L << 20, 40, Duration.ofSeconds(20));
            house.failpoints = house.anHourAChunk(FailpointListener.none());
            SyncReport report = house.sync(SyncFixture.inParts());

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(resources.ledger().publications().list(report.runId()))
                        .as("each part is a publication of its own, and its files have their proof")
                        .hasSizeGreaterThan(1)
                        .allSatisfy(part -> assertThat(part.completedAt()).isPresent());
            });
        }
    }

    @Test
    void aRunIsVisibleAtOnceWhereNothingElseIsAskedFor() {
        try (SyncFixture house = new SyncFixture(folder, 120, Behaviour.faultless())) {
            SyncReport report = house.sync(SyncFixture.request());
            house.look(resources -> assertThat(resources.ledger().publications().list(report.runId()))
                    .hasSize(1));
        }
    }

    @Test
    void turnsThePagesOfASearchUntilItHasAllTracks() {
        try (SyncFixture house = new SyncFixture(folder, 120, Behaviour.faultless())) {
            house.extendProfile("resolve: {query: {limit: 1}}");

            SyncReport report = house.sync(SyncFixture.request());

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(calls(house, "/v1/search")).isGreaterThan(120);
            house.look(resources -> new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY));
        }
    }

    @Test
    void judgesEachRecordingByWhatCameBackForIt() {
        UnaryOperator<Behaviour> faults = behaviour -> behaviour
                .with(RecordingFaultRule.of(new ItemFault.Empty(), isrc(0)))
                .with(RecordingFaultRule.of(new ItemFault.Empty(), isrc(1)).forAsks(1))
                .with(RecordingFaultRule.of(new ItemFault.OtherRecording(), isrc(2))
                        .on("/v1/search"))
                .with(RecordingFaultRule.of(new ItemFault.Unavailable(), isrc(3)))
                .with(RecordingFaultRule.of(new ItemFault.Missing(false), isrc(4))
                        .on("/v1/streams"))
                .with(RecordingFaultRule.of(new ItemFault.Missing(true), isrc(5))
                        .on("/v1/streams")
                        .forAsks(1))
                .with(RecordingFaultRule.of(new ItemFault.WrongType("streams"), isrc(6))
                        .on("/v1/streams"))
                .with(RecordingFaultRule.of(new ItemFault.FailingTerritories(1), isrc(7)))
                .with(RecordingFaultRule.of(new ItemFault.Pending(), isrc(8)))
                .with(RecordingFaultRule.of(new ItemFault.OtherRecording(), isrc(9))
                        .on("/v1/listeners"));
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, faults.apply(Behaviour.faultless()))) {
            SyncReport report = house.sync(SyncFixture.request());

            house.look(resources -> {
                Items items = new Items(resources, report.runId());
                items.all(isrc(0), ItemState.NOT_FOUND);
                items.all(isrc(1), ItemState.LANDED);
                items.all(isrc(2), ItemState.DEAD_LETTERED);
                items.is(isrc(3), ItemState.LANDED, ItemState.AWAITING_REPORT, ItemState.LANDED);
                items.is(isrc(4), ItemState.LANDED, ItemState.NOT_FOUND, ItemState.LANDED);
                items.all(isrc(5), ItemState.LANDED);
                items.is(isrc(6), ItemState.LANDED, ItemState.DEAD_LETTERED, ItemState.LANDED);
                items.is(isrc(7), ItemState.LANDED, ItemState.AWAITING_REPORT, ItemState.LANDED);
                items.is(isrc(8), ItemState.LANDED, ItemState.PARKED, ItemState.PARKED);
                items.is(isrc(9), ItemState.LANDED, ItemState.LANDED, ItemState.DEAD_LETTERED);
                items.all(isrc(10), ItemState.LANDED);
                assertThat(resources.ledger().awaited().ofRun(report.runId()))
                        .as("which territories a report has to cover")
                        .anyMatch(one ->
                                one.isrc().equals(isrc(3)) && one.territory().equals("*"))
                        .anyMatch(one ->
                                one.isrc().equals(isrc(7)) && one.territory().matches("[A-Z]{2}"));
                new ExpectedLake(house)
                        .holdsStreams(
                                resources.lake(),
                                SyncFixture.DAY,
                                isrc -> !Set.of(isrc(0), isrc(2), isrc(3), isrc(4), isrc(6), isrc(7), isrc(8))
                                        .contains(isrc));
            });
            assertThat(report.end()).isEqualTo(SyncReport.End.INCOMPLETE);
            assertThat(report.counts().of(ItemState.PARKED)).isEqualTo(2);
            assertThat(report.accounted()).isTrue();
            assertThat(report.verdict().complete()).isFalse();
            assertThat(report.notes()).anyMatch(note -> note.kind().equals(TerritoryGaps.LISTENERS_UNAVAILABLE));
        }
    }

    @Test
    void takesUpWhatIsParkedOnceItIsThereAndPublishesItOnTopOfTheRest() {
        RecordingFaultRule pending = RecordingFaultRule.share(0.3, new ItemFault.Pending());
        try (SyncFixture house = new SyncFixture(
                folder, SyncFixture.RECORDINGS, Behaviour.faultless().with(pending))) {
            SyncReport first = house.sync(SyncFixture.request());
            assertThat(first.end()).isEqualTo(SyncReport.End.INCOMPLETE);
            long parked = first.counts().of(ItemState.PARKED);
            assertThat(parked).isPositive();

            house.restart(Behaviour.faultless());
            SyncReport second = house.sync(SyncFixture.request());

            assertThat(second.runId()).isEqualTo(first.runId());
            assertThat(second.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(house.simulator().report().requests()).isLessThanOrEqualTo(4);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
            });
        }
    }

    @Test
    void waitsForParkedWorkThatComesDueInTime() {
        RecordingFaultRule pending = RecordingFaultRule.share(0.5, new ItemFault.Pending());
        try (SyncFixture house = new SyncFixture(
                folder, SyncFixture.RECORDINGS, Behaviour.faultless().with(pending))) {
            house.extendProfile("pending_retry: 1s");
            ProgressListener back = new ProgressListener() {
                @Override
                public void update(ProgressReport report) {}

                @Override
                public void say(String event) {
                    if (event.contains("parked")) {
                        house.restart(Behaviour.faultless());
                    }
                }
            };
            house.progress = back;

            SyncReport report = house.sync(SyncFixture.waiting(Duration.ofMinutes(2)));

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
        }
    }

    @Test
    void replacesTheRowsOfADayThatIsFetchedAgain() {
        try (SyncFixture house = new SyncFixture(folder, 40, Behaviour.faultless())) {
            SyncReport first = house.sync(SyncFixture.request());
            SyncReport second = house.sync(SyncFixture.anew());

            assertThat(second.runId()).isNotEqualTo(first.runId());
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(SyncFixture.query(resources.lake(), "SELECT DISTINCT run_id FROM daily_streams"))
                        .containsExactly(second.runId());
            });
        }
    }

    @Test
    void givesUpAnUnfinishedRunForANewOneWhenTold() {
        RecordingFaultRule pending = RecordingFaultRule.share(0.5, new ItemFault.Pending());
        try (SyncFixture house = new SyncFixture(
                folder, SyncFixture.RECORDINGS, Behaviour.faultless().with(pending))) {
            SyncReport first = house.sync(SyncFixture.request());
            SyncReport second = house.sync(SyncFixture.anew());

            assertThat(second.runId()).isNotEqualTo(first.runId());
            house.look(resources -> {
                assertThat(resources.ledger().runs().find(first.runId()).map(Run::state))
                        .contains(RunState.ABANDONED);
            });
        }
    }

    @Test
    void tellsDriftsOnceAndByHowMuchTheyMatter() {
        RecordingFaultRule drifted =
                RecordingFaultRule.of(new ItemFault.Drifted(ItemFault.Aspect.TITLE), isrc(0), isrc(1));
        try (SyncFixture house = new SyncFixture(
                folder, SyncFixture.RECORDINGS, Behaviour.faultless().with(drifted))) {
            SyncReport first = house.sync(SyncFixture.request());
            SyncReport second = house.sync(SyncFixture.request());

            assertThat(first.driftCount()).isEqualTo(2);
            assertThat(first.drifts().keySet()).isSubsetOf(Severity.values());
            assertThat(second.driftCount()).isZero();
            assertThat(house.query("SELECT isrc FROM drift ORDER BY isrc"))
                    .containsExactlyInAnyOrder(isrc(0).value(), isrc(1).value());
        }
    }

    @Test
    void tellsAnIsrcThatIsAnsweredWithAnotherRecordingAsADriftThatIsCritical() {
        RecordingFaultRule other =
                RecordingFaultRule.of(new ItemFault.OtherRecording(), isrc(4)).on("/v1/search");
        try (SyncFixture house = new SyncFixture(
                folder, SyncFixture.RECORDINGS, Behaviour.faultless().with(other))) {
            SyncReport first = house.sync(SyncFixture.request());
            SyncReport second = house.sync(SyncFixture.request());

            assertThat(first.drifts()).containsOnlyKeys(Severity.CRITICAL);
            assertThat(second.driftCount()).isZero();
            assertThat(house.query("SELECT isrc || ' ' || field || ' ' || expected FROM drift"))
                    .containsExactly(isrc(4) + " isrc_mapping " + isrc(4));
        }
    }

    @Test
    void refusesADatasetThatTheSourceDoesNotHave() {
        try (SyncFixture house = new SyncFixture(folder, 2, Behaviour.faultless())) {
            house.profile = "deezer";
            assertThatThrownBy(() -> house.sync(SyncFixture.request()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("only tracks");
        }
    }

    @Test
    void landsTheTracksOfASourceThatIsAskedByIsrc() {
        try (SyncFixture house = new SyncFixture(folder, 25, Behaviour.faultless())) {
            house.profile = "deezer";
            SyncReport report = house.sync(SyncFixture.request(List.of(SyncFixture.DAY), EnumSet.of(Dataset.TRACKS)));

            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(25);
            assertThat(house.query("SELECT count(*) FROM tracks")).containsExactly("25");
        }
    }

    private static Isrc isrc(int index) {
        return new SyntheticCatalog(SyncFixture.SEED, SyncFixture.RECORDINGS).isrc(index);
    }

    private static long calls(SyncFixture house, String path) {
        return house.simulator().report().requestsByPath().getOrDefault(path, 0L);
    }

    private record Items(SyncResources resources, String runId) {
        void all(Isrc isrc, ItemState state) {
            is(isrc, state, state, state);
        }

        void is(Isrc isrc, ItemState tracks, ItemState streams, ItemState listeners) {
            assertThat(List.of(of(isrc, Dataset.TRACKS), of(isrc, Dataset.STREAMS), of(isrc, Dataset.LISTENERS)))
                    .as(isrc.value())
                    .containsExactly(tracks, streams, listeners);
        }

        private ItemState of(Isrc isrc, Dataset dataset) {
            return resources
                    .ledger()
                    .items()
                    .state(runId, isrc, dataset, SyncFixture.DAY)
                    .orElseThrow();
        }
    }
}
