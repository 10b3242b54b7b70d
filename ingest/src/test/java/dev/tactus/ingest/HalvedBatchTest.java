package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.DeadLetterState;
import dev.tactus.music.Dataset;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.SyntheticCatalog;
import dev.tactus.simulator.fault.FaultSchedule;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import dev.tactus.simulator.fault.RequestFault;
import dev.tactus.simulator.fault.RequestFaultRule;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One recording that spoils every answer it stands in, among many that do not.
class HalvedBatchTest {
    private static final Isrc CULPRIT = new SyntheticCatalog(SyncFixture.SEED, SyncFixture.RECORDINGS).isrc(17);

    @TempDir
    private Path folder;

    @Test
    void setsAsideOnlyTheRecordingWhoseFieldComesTwice() {
        try (SyncFixture house = house(new ItemFault.DoubledField("track_id"))) {
            SyncReport report = streams(house);

            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(SyncFixture.RECORDINGS - 1);
            assertThat(report.counts().of(ItemState.DEAD_LETTERED)).isEqualTo(1);
            house.look(resources -> {
                assertThat(resources.ledger().deadLetters().list(DeadLetterState.OPEN, 10))
                        .isNotEmpty()
                        .extracting(DeadLetter::letter)
                        .allSatisfy(letter -> {
                            assertThat(letter.isrc()).isEqualTo(CULPRIT);
                            assertThat(letter.reason()).isEqualTo("not_json");
                            assertThat(letter.request()).doesNotContain(",");
                        });
                new ExpectedLake(house).holdsStreams(resources.lake(), SyncFixture.DAY, isrc -> !isrc.equals(CULPRIT));
            });
        }
    }

    @Test
    void setsAsideOnlyTheRecordingThatMakesABatchABadRequest() {
        try (SyncFixture house = house(new ItemFault.Poisonous(400, false))) {
            SyncReport report = streams(house);

            assertThat(report.counts().of(ItemState.DEAD_LETTERED)).isEqualTo(1);
            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(SyncFixture.RECORDINGS - 1);
        }
    }

    @Test
    void findsNothingOnlyForTheRecordingThatMakesABatchNotFound() {
        try (SyncFixture house = house(new ItemFault.Poisonous(404, false))) {
            SyncReport report = streams(house);

            assertThat(report.counts().of(ItemState.NOT_FOUND)).isEqualTo(1);
            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(SyncFixture.RECORDINGS - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parksOnlyTheRecordingThatMakesTheServerFail(boolean disguised) {
        try (SyncFixture house = house(new ItemFault.Poisonous(500, disguised))) {
            SyncReport report = streams(house);

            assertThat(report.counts().of(ItemState.PARKED)).isEqualTo(1);
            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(SyncFixture.RECORDINGS - 1);
            house.look(resources -> new ExpectedLake(house)
                    .holdsStreams(resources.lake(), SyncFixture.DAY, isrc -> !isrc.equals(CULPRIT)));
        }
    }

    @Test
    void retriesAnErrorThatComesWithStatus200() {
        Behaviour twice = Behaviour.faultless()
                .with(new RequestFaultRule(
                        "/v1/streams", FaultSchedule.numbers(1L, 2L), new RequestFault.Disguised(503)));
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, twice)) {
            SyncReport report = streams(house);

            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(SyncFixture.RECORDINGS);
            assertThat(report.calls().retried()).isEqualTo(2);
        }
    }

    @Test
    void stopsHalvingWhereNothingIsGood() {
        Behaviour broken = Behaviour.faultless()
                .with(RecordingFaultRule.share(1, new ItemFault.Poisonous(400, false))
                        .on("/v1/streams"));
        int recordings = 400;
        try (SyncFixture house = new SyncFixture(folder, recordings, broken)) {
            SyncReport report = streams(house);

            assertThat(report.counts().of(ItemState.DEAD_LETTERED)).isEqualTo(recordings);
            assertThat(house.simulator().report().requestsByPath().get("/v1/streams"))
                    .isLessThan(recordings / 2);
        }
    }

    private SyncFixture house(ItemFault fault) {
        return new SyncFixture(
                folder,
                SyncFixture.RECORDINGS,
                Behaviour.faultless().with(RecordingFaultRule.of(fault, CULPRIT).on("/v1/streams")));
    }

    private static SyncReport streams(SyncFixture house) {
        return house.sync(SyncFixture.request(List.of(SyncFixture.DAY), EnumSet.of(Dataset.STREAMS)));
    }
}
