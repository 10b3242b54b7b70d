package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ingest.Steps.Step;
import dev.tactus.ledger.ItemState;
import dev.tactus.simulator.Behaviour;
import dev.tactus.simulator.ItemFault;
import dev.tactus.simulator.RecordingRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrashPropertyTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void losesNothingAndLandsNothingTwiceHoweverOftenItCrashes(long seed) {
        Random random = new Random(seed);
        Behaviour behaviour = Behaviour.faultless()
                .with(RecordingRule.share(0.1, new ItemFault.Missing(false)).forAsks(1))
                .with(RecordingRule.share(0.1, new ItemFault.Empty()).forAsks(1));
        try (House house = new House(folder, House.RECORDINGS, behaviour)) {
            int crashes = 0;
            for (int i = 0; i < 6; i++) {
                house.steps = Crash.after(1 + random.nextInt(60));
                try {
                    house.sync(House.request());
                    break;
                } catch (Crash e) {
                    crashes++;
                }
            }
            house.steps = Steps.uneventful();
            SyncReport report = house.sync(House.request());

            assertThat(crashes).isPositive();
            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(report.counts().of(ItemState.LANDED))
                    .isEqualTo(report.counts().planned());
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
                assertThat(parts.ledger().chunks().unpublished()).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {
                "PUBLICATION_BEGUN",
                "PUBLICATION_PREPARED",
                "TABLE_COMMITTED",
                "PUBLICATION_COMMITTED",
                "PUBLICATION_NOTED"
            })
    void fetchesNothingAgainThatWasStaged(Step step) {
        try (House house = new House(folder, House.RECORDINGS, Behaviour.faultless())) {
            house.steps = Crash.at(step, 1);
            assertThatThrownBy(() -> house.sync(House.request())).isInstanceOf(Crash.class);
            long before = house.simulator().report().requests();

            house.steps = Steps.uneventful();
            SyncReport report = house.sync(House.request());

            assertThat(house.simulator().report().requests()).isEqualTo(before);
            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
                assertThat(parts.ledger().runs().list()).hasSize(1);
            });
        }
    }

    @Test
    void searchesNothingAgainThatWasAnswered() {
        try (House house = new House(folder, House.RECORDINGS, Behaviour.faultless())) {
            house.steps = Crash.at(Step.RESOLUTIONS_NOTED, 1);
            assertThatThrownBy(() -> house.sync(House.request())).isInstanceOf(Crash.class);
            house.steps = Steps.uneventful();
            house.sync(House.request());

            assertThat(house.simulator().report().requestsByPath())
                    .containsEntry("/v1/search", (long) House.RECORDINGS);
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
            });
        }
    }

    @Test
    void makesAHalfVisibleRunWholeBeforeItBeginsAnother() {
        try (House house = new House(folder, House.RECORDINGS, Behaviour.faultless())) {
            house.steps = Crash.at(Step.TABLE_COMMITTED, 2);
            assertThatThrownBy(() -> house.sync(House.request())).isInstanceOf(Crash.class);
            house.steps = Steps.uneventful();

            SyncReport other = house.sync(House.request(
                    List.of(House.DAY.plusDays(1)), House.request().datasets()));

            assertThat(other.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
                new Truth(house).holdsEverything(parts.lake(), House.DAY.plusDays(1));
            });
        }
    }
}
