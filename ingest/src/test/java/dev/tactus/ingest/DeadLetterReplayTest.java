package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ingest.run.SyncReport;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.quality.DeadLetterState;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.SyntheticCatalog;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.RecordingFaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterReplayTest extends EachDatabase {
    @Test
    void replaysDeadLettersThatAreSoundAfterAFix() throws IOException {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            Files.writeString(folder.resolve("strict.json"), """
                {"type": "object", "properties": {"territories": {"maxItems": 20}}}
                """);
            house.extendProfile("datasets: {streams: {item_schema: strict.json}}");
            SyncReport report = house.sync(SyncFixture.request());
            long deadLetters = report.counts().of(ItemState.DEAD_LETTERED);
            assertThat(deadLetters).isPositive();
            assertThat(report.verdict().complete()).isFalse();

            ReplayReport still = house.with(resources -> new DeadLetterReplay(resources, "test").run(List.of()));
            assertThat(still.outcomes()).isNotEmpty().allMatch(ReplayReport.StillWrong.class::isInstance);

            house.profile = "spotify-for-artists";
            ReplayReport fixed = house.with(resources -> new DeadLetterReplay(resources, "test").run(List.of()));

            assertThat(fixed.outcomes()).isNotEmpty().allMatch(ReplayReport.Landed.class::isInstance);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(resources.ledger().deadLetters().count(DeadLetterState.OPEN))
                        .isZero();
                assertThat(resources.ledger().items().counts(report.runId()).of(ItemState.LANDED))
                        .isEqualTo(report.counts().planned());
                assertThat(resources.ledger().runs().find(report.runId()).map(Run::state))
                        .contains(RunState.FINISHED);
            });
            assertThat(house.query("SELECT DISTINCT state FROM dead_letters")).containsExactly("replayed");
        }
    }

    @Test
    void leavesOpenWhatIsStillWrong() {
        RecordingFaultRule wrong = RecordingFaultRule.of(new ItemFault.WrongType("duration_ms"), isrc(2))
                .on("/v1/search");
        try (SyncFixture house = new SyncFixture(
                folder, SyncFixture.RECORDINGS, Behaviour.faultless().with(wrong))) {
            SyncReport report = house.sync(SyncFixture.request());
            assertThat(report.counts().of(ItemState.DEAD_LETTERED)).isEqualTo(3);

            ReplayReport still = house.with(resources -> new DeadLetterReplay(resources, "test").run(List.of()));

            assertThat(still.outcomes()).isNotEmpty().allMatch(ReplayReport.StillWrong.class::isInstance);
        }
    }

    private static Isrc isrc(int index) {
        return new SyntheticCatalog(SyncFixture.SEED, SyncFixture.RECORDINGS).isrc(index);
    }
}
