package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.QueryRefused;
import dev.tactus.lake.query.RowSink;
import dev.tactus.lake.table.LakeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeQueryTest {
    @TempDir
    Path folder;

    private LakeFixture run;

    @BeforeEach
    void open() {
        run = new LakeFixture(folder.resolve("lake"));
    }

    @AfterEach
    void close() {
        run.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM daily_streams",
                "CREATE TABLE t AS SELECT 1",
                "COPY (SELECT 1) TO 'x.csv'",
                "SET memory_limit = '8GB'",
                "ATTACH 'other.db'",
                "INSTALL httpfs",
                "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.csv'",
                "SELECT 1; DELETE FROM daily_streams",
                "SELECT 1; SELECT 2",
                "",
                "-- nothing",
                "no SQL at all",
                "SELECT nonsense FROM daily_streams",
                "SELECT * FROM no_such_table",
            })
    void refusesWhatIsNotOneGoodSelect(String sql) {
        assertThatThrownBy(() -> run.ask(sql)).isInstanceOf(QueryRefused.class);
    }

    @Test
    void reachesNoFileOutsideTheTables() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "password\nhunter2\n");

        assertThatThrownBy(() -> run.ask("SELECT * FROM '" + secret + "'")).isInstanceOf(QueryRefused.class);
        assertThatThrownBy(() -> run.ask("SELECT * FROM read_text('" + secret + "')"))
                .isInstanceOf(QueryRefused.class)
                .hasMessageContaining("disabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHOW TABLES", "DESCRIBE daily_streams", "SUMMARIZE drift", "FROM tracks", "VALUES (1)"})
    void answersWhatOnlyReads(String sql) {
        assertThat(run.lake.query(sql, new CollectedRows())).isNotNegative();
    }

    @Test
    void tellsColumnsWithTheirTypes() {
        CollectedRows rows = new CollectedRows();
        run.lake.query("SELECT day, stream_count, fetched_at FROM daily_streams", rows);

        assertThat(rows.columns())
                .containsExactly(
                        new RowSink.Column("day", "DATE"),
                        new RowSink.Column("stream_count", "BIGINT"),
                        new RowSink.Column("fetched_at", "TIMESTAMP WITH TIME ZONE"));
    }

    @Test
    void givesPlainValues() {
        CollectedRows rows = new CollectedRows();
        run.lake.query(
                "SELECT 1::TINYINT, 170141183460469231731687303715884105727::HUGEINT, 1.50::DECIMAL(38,18), true,"
                        + " NULL, [1, NULL], {'a': {'b': [2]}}, sum(1::BIGINT)",
                rows);

        assertThat(rows.values().getFirst().subList(0, 5))
                .containsExactly(
                        1L,
                        BigInteger.TWO.pow(127).subtract(BigInteger.ONE),
                        new BigDecimal("1.500000000000000000"),
                        true,
                        null);
        assertThat(rows.lines().getFirst()).endsWith("|[1, null]|{a={b=[2]}}|1");
    }

    @Test
    void spillsToDiskWhereMemoryDoesNotDo() {
        LakeSettings tiny = new LakeSettings(64, 1, 1 << 20);
        run.close();
        run = new LakeFixture(folder.resolve("lake"), tiny);

        List<Path> spilled = new ArrayList<>();
        long rows = run.lake.query("SELECT DISTINCT sha256(i::VARCHAR) FROM range(1000000) t(i)", new RowSink() {
            @Override
            public void columns(List<Column> columns) {
                try (Stream<Path> files = Files.walk(folder.resolve("lake/tmp"))) {
                    files.filter(Files::isRegularFile).forEach(spilled::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void row(List<@org.jspecify.annotations.Nullable Object> values) {}
        });

        assertThat(rows).isEqualTo(1_000_000);
        assertThat(spilled).as("what 64 MB do not hold").isNotEmpty();
        assertThat(folder.resolve("lake/tmp")).isEmptyDirectory();
    }

    @Test
    void streamsTheRowsThatItGives() {
        long[] count = {0};
        long rows = run.lake.query("SELECT i, repeat('x', 100) FROM range(300000) t(i)", new RowSink() {
            @Override
            public void columns(List<Column> columns) {}

            @Override
            public void row(List<@org.jspecify.annotations.Nullable Object> values) {
                count[0]++;
            }
        });

        assertThat(rows).isEqualTo(300_000).isEqualTo(count[0]);
    }

    @Test
    void aMissingDataFileIsSaid() throws IOException {
        run.streams(1, DAY, 10).publish("p1");
        try (var files = Files.walk(folder.resolve("lake/tactus/daily_streams/data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(() -> run.ask("SELECT * FROM daily_streams"))
                .isInstanceOf(LakeException.class)
                .hasMessageContaining(".parquet");
    }
}
