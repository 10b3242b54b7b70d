package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import dev.tactus.music.ListenerCount;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactlyOnceTest {
    @TempDir
    Path folder;

    @Test
    void aPublicationRepeatedChangesNothing() {
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication publication = run.streams(1, DAY, 10)
                    .payload("/v1/streams?ids=t1")
                    .drift("d1", "b")
                    .publication("p1");
            List<TableCommit> first = run.publish(publication);
            List<TableCommit> second = run.publish(publication);

            assertThat(second).isEqualTo(first).hasSize(3);
            assertThat(run.lake.landed("p1")).isEqualTo(first);
            assertThat(run.ask("SELECT stream_count FROM daily_streams")).containsExactly("10");
            assertThat(run.ask("SELECT count(*) FROM payloads")).containsExactly("1");
            assertThat(run.lake.tables()).allMatch(t -> t.snapshots() <= 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aProcessThatDiesBetweenTheTablesLeavesNothingVisible(int tablesUpdated) {
        Publication publication;
        MischievousPool[] pools = new MischievousPool[1];
        Lake lake = Lake.open(
                LakePlace.in(folder),
                LakeFixture.SMALL,
                InstantSource.system(),
                DiskListener.none(),
                properties -> pools[0] = new MischievousPool(properties));
        try (LakeFixture run = new LakeFixture(folder, lake)) {
            publication = run.streams(1, DAY, 10)
                    .track(1, DAY, "One")
                    .payload("/v1/streams?ids=t1")
                    .publication("p1");
            PreparedPublication prepared = lake.prepare(publication);
            Objects.requireNonNull(pools[0]).dieAfterChanges(tablesUpdated);
            assertThatThrownBy(() -> prepared.commit(CommitListener.none())).hasMessageContaining("killed");

            try (Lake reader = Lake.open(folder, LakeFixture.SMALL)) {
                assertThat(reader.landed("p1")).isEmpty();
            }
        }

        try (LakeFixture again = new LakeFixture(folder)) {
            assertThat(again.lake.landed("p1")).isEmpty();
            assertThat(again.publish(publication)).hasSize(3);
            assertThat(again.ask("SELECT title FROM tracks")).containsExactly("One");
            assertThat(again.ask("SELECT stream_count FROM daily_streams")).containsExactly("10");
            assertThat(again.ask("SELECT count(*) FROM payloads")).containsExactly("1");
            assertThat(again.lake.tables()).allMatch(t -> t.snapshots() <= 1);
        }
    }

    @Test
    void aPublicationOfOtherRowsWithAnIdThatTheLakeHasSeenIsRefused() {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.streams(1, DAY, 10).publish("run-1/1");
            Publication other = run.streams(1, DAY, 11).publication("run-1/1");

            assertThatThrownBy(() -> run.publish(other))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining("carries the id run-1/1, but is of other rows")
                    .hasMessageContaining("tactus restore");
            assertThatThrownBy(() -> run.lake.landed(other)).isInstanceOf(LakeDamaged.class);
        }
    }

    @Test
    void theTablesOfOnePublicationChangeInOneMoment() {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.streams(1, DAY, 10).track(1, DAY, "One").payload("/a").publish("p1");
            Instant first = run.lake.visibleSince("run-1").orElseThrow();
            run.streams(1, DAY, 11).track(1, DAY, "Two").payload("/b").publish("p2");

            assertThat(run.lake.tables().stream()
                            .flatMap(table -> table.lastChange().stream())
                            .distinct())
                    .containsExactly(run.lake.visibleSince("run-1").orElseThrow());
            assertThat(run.askAsOf(
                            first,
                            "SELECT title, stream_count, (SELECT count(*) FROM payloads)"
                                    + " FROM tracks JOIN daily_streams USING (isrc)"))
                    .containsExactly("One|10|1");
        }
    }

    @Test
    @Tag("slow")
    void readersNeverSeeOneTableWithoutTheOther() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        List<String> torn = new CopyOnWriteArrayList<>();
        try (LakeFixture run = new LakeFixture(folder)) {
            run.streams(1, DAY, 0).listeners(1, DAY, List.of(new ListenerCount("US", 0)), List.of());
            run.publish("p0");
            Thread reading = Thread.ofPlatform().start(() -> {
                try (Lake reader = Lake.open(folder, LakeFixture.SMALL)) {
                    while (!done.get()) {
                        CollectedRows rows = new CollectedRows();
                        reader.query(
                                "SELECT stream_count, listener_count FROM daily_streams JOIN daily_listeners USING"
                                        + " (isrc) WHERE stream_count <> listener_count",
                                rows);
                        torn.addAll(rows.lines());
                    }
                }
            });
            for (int i = 1; i <= 20; i++) {
                run.streams(1, DAY, i).listeners(1, DAY, List.of(new ListenerCount("US", i)), List.of());
                run.publish("p" + i);
            }
            done.set(true);
            reading.join();

            assertThat(torn).isEmpty();
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsLookedUpAndNotRepeated() {
        MischievousPool[] pools = new MischievousPool[1];
        Lake lake = Lake.open(
                LakePlace.in(folder),
                LakeFixture.SMALL,
                InstantSource.system(),
                DiskListener.none(),
                properties -> pools[0] = new MischievousPool(properties));
        try (LakeFixture run = new LakeFixture(folder, lake)) {
            PreparedPublication prepared = lake.prepare(run.streams(1, DAY, 10).publication("p1"));
            Objects.requireNonNull(pools[0]).loseNextAnswerToACommit();
            List<TableCommit> committed = prepared.commit(CommitListener.none());

            assertThat(Objects.requireNonNull(pools[0]).lost).isEqualTo(1);
            assertThat(committed).hasSize(1);
            assertThat(run.ask("SELECT stream_count FROM daily_streams")).containsExactly("10");
            assertThat(run.summary(LakeTable.DAILY_STREAMS).snapshots()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedThreadCommitsAllOfItAndStaysInterrupted() {
        try (LakeFixture run = new LakeFixture(folder)) {
            PreparedPublication prepared = run.lake.prepare(
                    run.streams(1, DAY, 10).track(1, DAY, "One").publication("p1"));
            Thread.currentThread().interrupt();
            List<TableCommit> committed = prepared.commit(CommitListener.none());

            assertThat(Thread.interrupted()).isTrue();
            assertThat(committed).hasSize(2);
        }
    }

    @Test
    void aTableChangedMeanwhileIsAConflictAndStaysAsItWas() {
        try (LakeFixture run = new LakeFixture(folder)) {
            PreparedPublication late = run.lake.prepare(run.streams(1, DAY, 10).publication("p1"));
            run.streams(1, DAY, 11).publish("p2");

            assertThatThrownBy(() -> late.commit(CommitListener.none()))
                    .isInstanceOf(LakeConflict.class)
                    .hasMessageContaining("daily_streams");
            assertThat(run.ask("SELECT stream_count FROM daily_streams")).containsExactly("11");
        }
    }

    @Test
    void whatIsPreparedAndNotCommittedLeavesNothing() {
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication publication = run.streams(1, DAY, 10).publication("p1");
            run.lake.prepare(publication).close();

            assertThat(run.ask("SELECT * FROM daily_streams")).isEmpty();
            assertThat(folder.resolve("tactus/daily_streams/data").toFile())
                    .isDirectoryRecursivelyContaining(f -> true)
                    .isDirectoryNotContaining("glob:**.parquet");
            assertThat(run.publish(publication)).hasSize(1);
        }
    }

    /// Does what it is asked and then, once, denies having done it; or dies after some changes of a transaction.
    private static final class MischievousPool extends JdbcClientPool {
        private boolean losing;
        private int changesLeft = Integer.MAX_VALUE;
        private int lost;

        MischievousPool(Map<String, String> properties) {
            super(Objects.requireNonNull(properties.get("uri")), properties);
        }

        void loseNextAnswerToACommit() {
            losing = true;
        }

        void dieAfterChanges(int changes) {
            changesLeft = changes;
        }

        @Override
        public <R> R run(Action<R, Connection, SQLException> action) throws SQLException, InterruptedException {
            return super.run(connection -> {
                boolean inTransaction = !connection.getAutoCommit();
                long before = changes(connection);
                R result = action.run(connection);
                changesLeft -= Math.toIntExact(changes(connection) - before);
                if (changesLeft <= 0) {
                    changesLeft = Integer.MAX_VALUE;
                    throw new SQLException("killed");
                }
                if (losing && inTransaction && connection.getAutoCommit()) {
                    losing = false;
                    lost++;
                    throw new SQLException("the connection was lost");
                }
                return result;
            });
        }

        private static long changes(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT total_changes()")) {
                return row.getLong(1);
            }
        }
    }
}
