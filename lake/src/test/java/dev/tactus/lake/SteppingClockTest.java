package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static dev.tactus.lake.LakeFixture.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.maintenance.MaintenanceSettings;
import dev.tactus.lake.table.LakeTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A clock that was once ahead, or is set back, keeps nobody from committing.
class SteppingClockTest {
    private static final Instant YEARS_AHEAD = Instant.parse("2037-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private LakeFixture at(Instant now) {
        return new LakeFixture(folder, Lake.open(folder, LakeFixture.SMALL, InstantSource.fixed(now)));
    }

    @Test
    void commitsGoOnRightAfterWhatAClockAheadHasStamped() {
        try (LakeFixture ahead = at(YEARS_AHEAD)) {
            ahead.streams(1, DAY, 1).publish("p1");
            assertThat(ahead.lake.ahead()).isEmpty();
        }
        Instant back = YEARS_AHEAD.minus(Duration.ofDays(3000));
        try (LakeFixture run = at(back)) {
            assertThat(run.lake.ahead()).contains(Duration.ofDays(3000));
            run.streams(1, DAY, 2).streams(1, NEXT, 3).track(1, DAY, "One").publish("p2");

            assertThat(run.ask("SELECT stream_count FROM daily_streams ORDER BY 1"))
                    .containsExactly("2", "3");
            assertThat(run.summary(LakeTable.DAILY_STREAMS).lastChange()).contains(YEARS_AHEAD.plusMillis(1));
            assertThat(run.summary(LakeTable.TRACKS).lastChange()).contains(YEARS_AHEAD.plusMillis(1));
        }
    }

    @Test
    void tagsExpiryAndCompactionGoOnToo() {
        try (LakeFixture ahead = at(YEARS_AHEAD)) {
            for (int i = 1; i <= 3; i++) {
                ahead.payload("/v1/" + i).streams(i, DAY, i).publish("p" + i);
            }
        }
        Instant back = YEARS_AHEAD.minus(Duration.ofDays(10));
        try (LakeFixture run = at(back)) {
            long middle = run.lake.landed("p2").getFirst().snapshotId();
            LakeTable table = run.lake.landed("p2").getFirst().table();
            run.lake.tag("close-1", Map.of(table, middle));
            run.lake.tag("close-1", Map.of(table, middle));
            run.lake.maintain(new MaintenanceSettings(1, Instant.MAX, Set.of(), Instant.EPOCH));

            assertThat(run.lake.tagged("close-1")).containsExactly(Map.entry(table, middle));
            assertThat(run.summary(LakeTable.DAILY_STREAMS).snapshots()).isEqualTo(2);
            assertThat(run.summary(LakeTable.PAYLOADS).files()).isEqualTo(1);
            assertThat(run.ask("SELECT count(*) FROM payloads")).containsExactly("3");
        }
        try (LakeFixture caughtUp = at(YEARS_AHEAD.plusSeconds(5))) {
            caughtUp.streams(1, DAY, 7).publish("p9");
            assertThat(caughtUp.summary(LakeTable.DAILY_STREAMS).lastChange()).contains(YEARS_AHEAD.plusSeconds(5));
        }
    }
}
