package dev.tactus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ingest.context.FailpointListener;
import dev.tactus.ingest.context.FailpointListener.Failpoint;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.ingest.run.SyncReport;
import dev.tactus.lake.publication.UsageMatchRow;
import dev.tactus.ledger.runs.Run;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.simulator.behaviour.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A run that versions before left half visible, and whose staged rows are gone since: it stops nobody.
class HalfVisibleRunTest extends EachDatabase {
    private void leaveOneBehind(SyncFixture house) {
        house.failpoints = SimulatedCrash.at(Failpoint.PUBLICATION_BEGUN, 1);
        assertThatThrownBy(() -> house.sync(SyncFixture.request())).isInstanceOf(SimulatedCrash.class);
        house.failpoints = FailpointListener.none();
        house.look(resources -> {
            String run = resources.ledger().runs().list().getFirst().id();
            String publication =
                    resources.ledger().publications().list(run).getFirst().id();
            resources
                    .lake()
                    .replaceUsageMatches(publication, List.of(new UsageMatchRow("k", null, "Ada", Instant.EPOCH)));
            Path staged = resources
                    .lake()
                    .folder()
                    .resolve(resources
                            .ledger()
                            .chunks()
                            .unpublished(run)
                            .getFirst()
                            .path());
            try {
                Files.delete(staged);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void otherDaysAreFetchedBesideIt() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            leaveOneBehind(house);

            SyncReport other = house.sync(SyncFixture.request(
                    List.of(SyncFixture.DAY.plusDays(1)), SyncFixture.request().datasets()));

            assertThat(other.end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(resources ->
                    new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY.plusDays(1)));
        }
    }

    @Test
    void aNewRunGivesItUpAndBringsItsDays() {
        try (SyncFixture house = new SyncFixture(folder, SyncFixture.RECORDINGS, Behaviour.faultless())) {
            leaveOneBehind(house);
            assertThatThrownBy(() -> house.sync(SyncFixture.request()))
                    .isInstanceOf(RunFailure.class)
                    .hasMessageContaining("is missing")
                    .hasMessageContaining("start a new run");

            SyncReport anew = house.sync(SyncFixture.anew());

            assertThat(anew.end()).isEqualTo(SyncReport.End.FINISHED);
            assertThat(house.sync(SyncFixture.request()).end()).isEqualTo(SyncReport.End.FINISHED);
            house.look(resources -> {
                new ExpectedLake(house).holdsEverything(resources.lake(), SyncFixture.DAY);
                assertThat(resources.ledger().runs().list())
                        .extracting(Run::state)
                        .contains(RunState.ABANDONED);
            });
        }
    }
}
