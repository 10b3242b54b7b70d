package dev.tactus.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskListener.DiskStep;
import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.publication.Publication;
import dev.tactus.servers.TestPostgres;
import dev.tactus.servers.TestSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lake in a store whose catalog is on PostgreSQL.
class ServerCatalogTest {
    private final String name = "lake_" + UUID.randomUUID().toString().replace("-", "");
    private final String address = "s3://labels/" + name;
    private String url = "";

    @TempDir
    Path folder;

    @BeforeEach
    void makeTheDatabase() {
        assumeTrue(TestPostgres.shared().isPresent(), TestPostgres.MISSING);
        TestPostgres server = TestPostgres.shared().orElseThrow();
        server.execute("CREATE DATABASE " + name);
        try (TestSchema any = server.schema()) {
            url = any.url().replaceFirst("[?&]currentSchema=\\w+", "").replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
        }
    }

    @Test
    void holdsWhatWasPublishedOnce() {
        assertThat(place().exists()).isFalse();
        Publication publication;
        try (LakeFixture lake = open(DiskListener.none())) {
            publication = lake.streams(1, LakeFixture.DAY, 10, 20).publication("run-1");
            lake.publish(publication);
        }
        assertThat(place().exists()).isTrue();
        try (LakeFixture lake = open(DiskListener.none())) {
            assertThat(lake.lake.landed(publication)).isNotEmpty();
            assertThat(lake.ask("SELECT sum(stream_count) FROM daily_streams")).containsExactly("30");
            assertThat(lake.lake.ownership().identity()).isEqualTo(LakeOwnership.of(place()));
        }
    }

    @Test
    void whatStopsBeforeTheCommitIsNotThere() {
        AtomicBoolean failing = new AtomicBoolean();
        try (LakeFixture lake = open((step, file) -> {
            if (failing.get() && step == DiskStep.COMMIT_DUE) {
                throw new IOException("the power fails");
            }
        })) {
            failing.set(true);
            lake.streams(1, LakeFixture.DAY, 10).track(1, LakeFixture.DAY, "One");
            assertThatThrownBy(() -> lake.publish("run-1")).isInstanceOf(LakeException.class);
        }
        try (LakeFixture lake = open(DiskListener.none())) {
            assertThat(lake.lake.landed("run-1")).isEmpty();
            assertThat(lake.ask("SELECT count(*) FROM daily_streams")).containsExactly("0");
        }
    }

    @Test
    void twoMachinesTakeTurns() throws Exception {
        int each = 6;
        try (LakeFixture one = open(DiskListener.none());
                LakeFixture other = open(DiskListener.none());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> both = List.of(
                    threads.submit(() -> publish(one, 0, each)), threads.submit(() -> publish(other, 100, each)));
            for (Future<?> machine : both) {
                machine.get();
            }
            assertThat(one.ask("SELECT count(*), sum(stream_count) FROM daily_streams"))
                    .containsExactly(2 * each + "|" + 2 * each);
            assertThat(one.ask("SELECT count(*) FROM tracks")).containsExactly(Integer.toString(2 * each));
        }
    }

    private static void publish(LakeFixture lake, int first, int count) {
        for (int i = first; i < first + count; i++) {
            LocalDate day = LakeFixture.DAY.plusDays(i);
            Publication publication =
                    lake.streams(1, day, 1).track(1, day, "One").publication("run-" + i);
            while (lake.lake.landed(publication).isEmpty()) {
                try {
                    lake.publish(publication);
                } catch (LakeConflict again) {
                    // the other machine was quicker
                }
            }
        }
    }

    private LakeFixture open(DiskListener listener) {
        return new LakeFixture(folder, Lake.open(place(), LakeFixture.SMALL, InstantSource.system(), listener));
    }

    private LakePlace place() {
        return new LakePlace(address, new CatalogDatabase(url), folder.resolve("cache"), Long.MAX_VALUE, Map.of());
    }
}
