package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.table.CommitListener;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TableCommit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void aProcessThatDiesBetweenCommitsFinishesTheRestAndOnlyThat() {
        Publication publication;
        try (LakeFixture run = new LakeFixture(folder)) {
            publication = run.streams(1, DAY, 10)
                    .track(1, DAY, "One")
                    .payload("/v1/streams?ids=t1")
                    .publication("p1");
            List<TableCommit> seen = new ArrayList<>();
            assertThatThrownBy(() -> run.lake.prepare(publication).commit(committed -> {
                        seen.add(committed);
                        throw new IllegalStateException("killed");
                    }))
                    .hasMessage("killed");
            assertThat(seen).hasSize(1);
        }

        try (LakeFixture again = new LakeFixture(folder)) {
            assertThat(again.lake.landed("p1")).hasSize(1);
            List<TableCommit> all = again.publish(publication);

            assertThat(all).hasSize(3);
            assertThat(again.ask("SELECT title FROM tracks")).containsExactly("One");
            assertThat(again.ask("SELECT stream_count FROM daily_streams")).containsExactly("10");
            assertThat(again.ask("SELECT count(*) FROM payloads")).containsExactly("1");
            assertThat(again.lake.tables()).allMatch(t -> t.snapshots() <= 1);
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsLookedUpAndNotRepeated() {
        LosingPool[] pools = new LosingPool[1];
        Lake lake = Lake.open(folder, LakeFixture.SMALL, properties -> pools[0] = new LosingPool(properties));
        try (LakeFixture run = new LakeFixture(folder, lake)) {
            PreparedPublication prepared = lake.prepare(run.streams(1, DAY, 10).publication("p1"));
            Objects.requireNonNull(pools[0]).loseNextAnswerToAChange();
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

    /// Does what it is asked and then, once, denies having done it.
    private static final class LosingPool extends JdbcClientPool {
        private boolean armed;
        private int lost;

        LosingPool(Map<String, String> properties) {
            super(Objects.requireNonNull(properties.get("uri")), properties);
        }

        void loseNextAnswerToAChange() {
            armed = true;
        }

        @Override
        public <R> R run(Action<R, Connection, SQLException> action) throws SQLException, InterruptedException {
            return super.run(connection -> {
                long before = changes(connection);
                R result = action.run(connection);
                if (armed && changes(connection) > before) {
                    armed = false;
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
