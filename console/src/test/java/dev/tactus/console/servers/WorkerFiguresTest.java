package dev.tactus.console.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.work.SharedQuota;
import dev.tactus.ledger.work.Worker;
import dev.tactus.serve.answers.WorkerCount;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `/metrics` says of the processes that work on runs.
class WorkerFiguresTest {
    @TempDir
    private Path folder;

    @Test
    void countsThoseThatLiveByCommand() {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), InstantSource.system())) {
            assertThat(ServeCommand.workers(ledger)).isEmpty();
            Worker owner = ledger.workers().begin("work");
            ledger.workers().begin("work");
            ledger.workers().begin("sync");
            Worker gone = ledger.workers().begin("work");
            ledger.workers().end(gone.number());
            SharedQuota quota = ledger.quota("spotify");
            assertThat(quota.own(owner.number())).isPresent();

            assertThat(ServeCommand.workers(ledger))
                    .containsExactlyInAnyOrder(
                            new WorkerCount(owner.host(), "work", 2, 0, 1),
                            new WorkerCount(owner.host(), "sync", 1, 0, 0));
        }
    }
}
