package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.DeadLetterState;
import dev.tactus.ledger.ItemState;
import dev.tactus.ledger.Run;
import dev.tactus.ledger.RunState;
import dev.tactus.music.Isrc;
import dev.tactus.simulator.Behaviour;
import dev.tactus.simulator.ItemFault;
import dev.tactus.simulator.RecordingRule;
import dev.tactus.simulator.SyntheticCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    @TempDir
    private Path folder;

    @Test
    void replaysDeadLettersThatAreSoundAfterAFix() throws IOException {
        try (House house = new House(folder, House.RECORDINGS, Behaviour.faultless())) {
            Files.writeString(folder.resolve("strict.json"), """
                    {"type": "object", "properties": {"territories": {"maxItems": 20}}}
                    """);
            house.extendProfile("datasets: {streams: {item_schema: strict.json}}");
            SyncReport report = house.sync(House.request());
            long deadLetters = report.counts().of(ItemState.DEAD_LETTERED);
            assertThat(deadLetters).isPositive();
            assertThat(report.verdict().complete()).isFalse();

            ReplayReport still = house.with(parts -> new Replay(parts, "test").run(List.of()));
            assertThat(still.outcomes()).isNotEmpty().allMatch(ReplayReport.StillWrong.class::isInstance);

            house.profile = "spotify-for-artists";
            ReplayReport fixed = house.with(parts -> new Replay(parts, "test").run(List.of()));

            assertThat(fixed.outcomes()).isNotEmpty().allMatch(ReplayReport.Landed.class::isInstance);
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
                assertThat(parts.ledger().deadLetters().count(DeadLetterState.OPEN))
                        .isZero();
                assertThat(parts.ledger().items().counts(report.runId()).of(ItemState.LANDED))
                        .isEqualTo(report.counts().planned());
                assertThat(parts.ledger().runs().find(report.runId()).map(Run::state))
                        .contains(RunState.FINISHED);
            });
            assertThat(house.query("SELECT DISTINCT state FROM dead_letters")).containsExactly("replayed");
        }
    }

    @Test
    void leavesOpenWhatIsStillWrong() {
        RecordingRule wrong = RecordingRule.of(new ItemFault.WrongType("duration_ms"), isrc(2))
                .on("/v1/search");
        try (House house =
                new House(folder, House.RECORDINGS, Behaviour.faultless().with(wrong))) {
            SyncReport report = house.sync(House.request());
            assertThat(report.counts().of(ItemState.DEAD_LETTERED)).isEqualTo(3);

            ReplayReport still = house.with(parts -> new Replay(parts, "test").run(List.of()));

            assertThat(still.outcomes()).isNotEmpty().allMatch(ReplayReport.StillWrong.class::isInstance);
        }
    }

    private static Isrc isrc(int index) {
        return new SyntheticCatalog(House.SEED, House.RECORDINGS).isrc(index);
    }
}
