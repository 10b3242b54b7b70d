package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.ItemState;
import dev.tactus.ledger.RunState;
import dev.tactus.simulator.Behaviour;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTest {
    @TempDir
    private Path folder;

    @Test
    void landsEveryRowOfAWholeCatalogAndAccountsForIt() {
        try (House house = new House(folder, 230, Behaviour.faultless())) {
            SyncReport report = house.sync(House.request());

            assertThat(report.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(report.accounted()).isTrue();
            assertThat(report.counts().planned()).isEqualTo(690);
            assertThat(report.counts().of(ItemState.LANDED)).isEqualTo(690);
            assertThat(report.calls().requests())
                    .isEqualTo(house.simulator().report().requests());
            assertThat(report.verdict().complete()).isTrue();
            house.with(parts -> {
                new Truth(house).holdsEverything(parts.lake(), House.DAY);
                assertThat(parts.ledger().runs().list())
                        .singleElement()
                        .matches(run -> run.state() == RunState.FINISHED);
                assertThat(parts.ledger().chunks().unpublished()).isEmpty();
                assertThat(parts.lake().staged(report.runId())).isEmpty();
                return null;
            });
        }
    }
}
