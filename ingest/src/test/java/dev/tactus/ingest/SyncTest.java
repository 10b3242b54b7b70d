package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.ItemState;
import dev.tactus.ledger.Run;
import dev.tactus.ledger.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.music.Isrc;
import dev.tactus.music.Severity;
import dev.tactus.simulator.Behaviour;
import dev.tactus.simulator.ItemFault;
import dev.tactus.simulator.RecordingRule;
import dev.tactus.simulator.SyntheticCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTest {
    @TempDir
    private Path folder;

    @Test
    void landsEveryRowOfAWholeCatalogAndAccountsForIt() {
        try (House house = new House(folder, 130, Behaviour.faultless())) {
            SyncReport report = house.sync(House.request());

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(report.accounted()).isTrue();
            assertThat(report.counts().planned()).isEqualTo(390);
            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(390);
            assertThat(report.calls().requests())
                    .isEqualTo(house.simulator().report().requests());
            assertThat(report.verdict().complete()).isTrue();
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
                assertThat(parts.ledger().runs().list())
                        .singleElement()
                        .matches(run -> run.state() == RunState.FINISHED);
                assertThat(parts.ledger().chunks().unpublished()).isEmpty();
                assertThat(parts.lake().staged(report.runId())).isEmpty();
            });
        }
    }

    @Test
    void searchesNothingOnTheSecondDayAndLandsTheTracksOfTheFirstFromTheSearches() {
        try (House house = new House(folder, 120, Behaviour.faultless())) {
            house.sync(House.request());
            assertThat(calls(house, "/v1/search")).isEqualTo(120);
            assertThat(calls(house, "/v1/tracks")).isZero();

            LocalDate next = House.DAY.plusDays(1);
            SyncReport second = house.sync(House.request(List.of(next), EnumSet.allOf(Dataset.class)));

            assertThat(calls(house, "/v1/search")).isEqualTo(120);
            assertThat(second.counts().of(ItemState.LANDED)).isEqualTo(360);
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
                new Truth(house).holdsEverything(parts.lake(), next);
            });
        }
    }

    @Test
    void turnsThePagesOfASearchUntilItHasAllTracks() {
        try (House house = new House(folder, 120, Behaviour.faultless())) {
            house.extendProfile("resolve: {query: {limit: 1}}");

            SyncReport report = house.sync(House.request());

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(calls(house, "/v1/search")).isGreaterThan(120);
            house.look(parts -> new Truth(house).holdsEverything(parts.lake(), House.DAY));
        }
    }

    @Test
    void judgesEachRecordingByWhatCameBackForIt() {
        UnaryOperator<Behaviour> faults = behaviour -> behaviour
                .with(RecordingRule.of(new ItemFault.Empty(), isrc(0)))
                .with(RecordingRule.of(new ItemFault.Empty(), isrc(1)).forAsks(1))
                .with(RecordingRule.of(new ItemFault.OtherRecording(), isrc(2)).on("/v1/search"))
                .with(RecordingRule.of(new ItemFault.Unavailable(), isrc(3)))
                .with(RecordingRule.of(new ItemFault.Missing(false), isrc(4)).on("/v1/streams"))
                .with(RecordingRule.of(new ItemFault.Missing(true), isrc(5))
                        .on("/v1/streams")
                        .forAsks(1))
                .with(RecordingRule.of(new ItemFault.WrongType("streams"), isrc(6))
                        .on("/v1/streams"))
                .with(RecordingRule.of(new ItemFault.FailingTerritories(1), isrc(7)))
                .with(RecordingRule.of(new ItemFault.Pending(), isrc(8)))
                .with(RecordingRule.of(new ItemFault.OtherRecording(), isrc(9)).on("/v1/listeners"));
        try (House house = new House(folder, House.RECORDINGS, faults.apply(Behaviour.faultless()))) {
            SyncReport report = house.sync(House.request());

            house.look(parts -> {
                Items items = new Items(parts, report.runId());
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
                assertThat(parts.ledger().awaited().ofRun(report.runId()))
                        .as("which territories a report has to cover")
                        .anyMatch(one ->
                                one.isrc().equals(isrc(3)) && one.territory().equals("*"))
                        .anyMatch(one ->
                                one.isrc().equals(isrc(7)) && one.territory().matches("[A-Z]{2}"));
                new Truth(house)
                        .holdsStreams(
                                parts.lake(),
                                House.DAY,
                                isrc -> !Set.of(isrc(0), isrc(2), isrc(3), isrc(4), isrc(6), isrc(7), isrc(8))
                                        .contains(isrc));
            });
            assertThat(report.end()).isEqualTo(SyncReport.End.INCOMPLETE);
            assertThat(report.counts().of(ItemState.PARKED)).isEqualTo(2);
            assertThat(report.accounted()).isTrue();
            assertThat(report.verdict().complete()).isFalse();
            assertThat(report.notes()).anyMatch(note -> note.kind().equals(TerritoryNotes.LISTENERS_UNAVAILABLE));
        }
    }

    @Test
    void takesUpWhatIsParkedOnceItIsThereAndPublishesItOnTopOfTheRest() {
        RecordingRule pending = RecordingRule.share(0.3, new ItemFault.Pending());
        try (House house =
                new House(folder, House.RECORDINGS, Behaviour.faultless().with(pending))) {
            SyncReport first = house.sync(House.request());
            assertThat(first.end()).isEqualTo(SyncReport.End.INCOMPLETE);
            long parked = first.counts().of(ItemState.PARKED);
            assertThat(parked).isPositive();

            house.restart(Behaviour.faultless());
            SyncReport second = house.sync(House.request());

            assertThat(second.runId()).isEqualTo(first.runId());
            assertThat(second.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(house.simulator().report().requests()).isLessThanOrEqualTo(4);
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
            });
        }
    }

    @Test
    void waitsForParkedWorkThatComesDueInTime() {
        RecordingRule pending = RecordingRule.share(0.5, new ItemFault.Pending());
        try (House house =
                new House(folder, House.RECORDINGS, Behaviour.faultless().with(pending))) {
            house.extendProfile("pending_retry: 1s");
            Progress back = new Progress() {
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

            SyncReport report = house.sync(House.waiting(Duration.ofMinutes(2)));

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
        }
    }

    @Test
    void replacesTheRowsOfADayThatIsFetchedAgain() {
        try (House house = new House(folder, 40, Behaviour.faultless())) {
            SyncReport first = house.sync(House.request());
            SyncReport second = house.sync(House.request());

            assertThat(second.runId()).isNotEqualTo(first.runId());
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
                assertThat(House.query(parts.lake(), "SELECT DISTINCT run_id FROM daily_streams"))
                        .containsExactly(second.runId());
            });
        }
    }

    @Test
    void givesUpAnUnfinishedRunForANewOneWhenTold() {
        RecordingRule pending = RecordingRule.share(0.5, new ItemFault.Pending());
        try (House house =
                new House(folder, House.RECORDINGS, Behaviour.faultless().with(pending))) {
            SyncReport first = house.sync(House.request());
            SyncReport second = house.sync(House.anew());

            assertThat(second.runId()).isNotEqualTo(first.runId());
            house.look(parts -> {
                assertThat(parts.ledger().runs().find(first.runId()).map(Run::state))
                        .contains(RunState.ABANDONED);
            });
        }
    }

    @Test
    void tellsDriftsOnceAndByHowMuchTheyMatter() {
        RecordingRule drifted = RecordingRule.of(new ItemFault.Drifted(ItemFault.Aspect.TITLE), isrc(0), isrc(1));
        try (House house =
                new House(folder, House.RECORDINGS, Behaviour.faultless().with(drifted))) {
            SyncReport first = house.sync(House.request());
            SyncReport second = house.sync(House.request());

            assertThat(first.driftCount()).isEqualTo(2);
            assertThat(first.drifts().keySet()).isSubsetOf(Severity.values());
            assertThat(second.driftCount()).isZero();
            assertThat(house.query("SELECT isrc FROM drift ORDER BY isrc"))
                    .containsExactlyInAnyOrder(isrc(0).value(), isrc(1).value());
        }
    }

    @Test
    void tellsAnIsrcThatIsAnsweredWithAnotherRecordingAsADriftThatIsCritical() {
        RecordingRule other =
                RecordingRule.of(new ItemFault.OtherRecording(), isrc(4)).on("/v1/search");
        try (House house =
                new House(folder, House.RECORDINGS, Behaviour.faultless().with(other))) {
            SyncReport first = house.sync(House.request());
            SyncReport second = house.sync(House.request());

            assertThat(first.drifts()).containsOnlyKeys(Severity.CRITICAL);
            assertThat(second.driftCount()).isZero();
            assertThat(house.query("SELECT isrc || ' ' || field || ' ' || expected FROM drift"))
                    .containsExactly(isrc(4) + " isrc_mapping " + isrc(4));
        }
    }

    @Test
    void refusesADatasetThatTheSourceDoesNotHave() {
        try (House house = new House(folder, 2, Behaviour.faultless())) {
            house.profile = "deezer";
            assertThatThrownBy(() -> house.sync(House.request()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("only tracks");
        }
    }

    @Test
    void landsTheTracksOfASourceThatIsAskedByIsrc() {
        try (House house = new House(folder, 25, Behaviour.faultless())) {
            house.profile = "deezer";
            SyncReport report = house.sync(House.request(List.of(House.DAY), EnumSet.of(Dataset.TRACKS)));

            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(25);
            assertThat(house.query("SELECT count(*) FROM tracks")).containsExactly("25");
        }
    }

    private static Isrc isrc(int index) {
        return new SyntheticCatalog(House.SEED, House.RECORDINGS).isrc(index);
    }

    private static long calls(House house, String path) {
        return house.simulator().report().requestsByPath().getOrDefault(path, 0L);
    }

    private record Items(SyncParts parts, String runId) {
        void all(Isrc isrc, ItemState state) {
            is(isrc, state, state, state);
        }

        void is(Isrc isrc, ItemState tracks, ItemState streams, ItemState listeners) {
            assertThat(List.of(of(isrc, Dataset.TRACKS), of(isrc, Dataset.STREAMS), of(isrc, Dataset.LISTENERS)))
                    .as(isrc.value())
                    .containsExactly(tracks, streams, listeners);
        }

        private ItemState of(Isrc isrc, Dataset dataset) {
            return parts.ledger().items().state(runId, isrc, dataset, House.DAY).orElseThrow();
        }
    }
}
