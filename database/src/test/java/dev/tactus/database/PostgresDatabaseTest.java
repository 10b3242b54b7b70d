package dev.tactus.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.servers.TestPostgres;
import dev.tactus.servers.TestSchema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A notebook on a real PostgreSQL server.
@Timeout(120)
class PostgresDatabaseTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Optional<TestSchema> schema = Optional.empty();

    @BeforeEach
    void makeSchema() {
        assumeTrue(TestPostgres.shared().isPresent(), TestPostgres.MISSING);
        schema = TestPostgres.shared().map(TestPostgres::schema);
    }

    @AfterEach
    void dropSchema() {
        schema.ifPresent(TestSchema::close);
    }

    @Test
    void isThereOnceItWasOpenedForWriting() {
        assertThat(Database.exists(Notebook.SCHEMA, address())).isFalse();
        assertThat(Database.openForReading(Notebook.SCHEMA, address())).isEmpty();
        open().close();
        assertThat(Database.exists(Notebook.SCHEMA, address())).isTrue();
    }

    @Test
    void tellsTheTablesOfAnotherProgramAndOfANewerVersion() {
        schema().execute("CREATE TABLE invoice (number INTEGER)");
        assertThatThrownBy(this::open)
                .isInstanceOf(ForeignFile.class)
                .hasMessageContaining("tables of another program, such as invoice");
        schema().execute("DROP TABLE invoice");
        open().close();
        schema().execute("UPDATE database_version SET version = 999");
        assertThatThrownBy(this::open).isInstanceOf(DatabaseTooNew.class).hasMessageContaining("version 999");
        schema().execute("UPDATE database_version SET application_id = 1");
        assertThatThrownBy(this::open).isInstanceOf(ForeignFile.class);
    }

    @Test
    void makesItsTablesOnceWhenManyOpenItAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> done = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        try (Database database = open()) {
                            Notebook.write(database, "line " + i);
                        }
                    }))
                    .toList();
            for (Future<?> one : done) {
                one.get();
            }
        }
        try (Database database = open()) {
            assertThat(Notebook.lines(database)).hasSize(8);
        }
    }

    @Test
    void writersGoOneAfterAnotherSoThatEachSeesWhatTheLastOneWrote() throws Exception {
        try (Database one = open();
                Database other = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> done = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> (i % 2 == 0 ? one : other).writing(session -> {
                        long lines = session.number("SELECT count(*) AS n FROM line");
                        session.update("INSERT INTO line (text) VALUES (?)", Long.toString(lines));
                    })))
                    .toList();
            for (Future<?> each : done) {
                each.get();
            }
            assertThat(Notebook.lines(one)).doesNotHaveDuplicates().hasSize(40);
        }
    }

    @Test
    void saysWhoHoldsTheLock() {
        try (Database one = open();
                Database other = open()) {
            try (DatabaseLock lock = one.lock("tactus sync --day 2026-11-21", NOW)) {
                assertThatThrownBy(() -> other.lock("tactus close", NOW))
                        .isInstanceOf(DatabaseLocked.class)
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid())
                        .hasMessageContaining("tactus sync --day 2026-11-21, since " + NOW);
                assertThat(lock).isNotNull();
            }
            try (DatabaseLock lock = other.lock("tactus close", NOW)) {
                assertThat(lock).isNotNull();
            }
        }
    }

    @Test
    void whoeverHasLostTheLockWritesNothingOnceAnotherHasIt() {
        try (Database cut = open();
                Database next = open()) {
            DatabaseLock lost = cut.lock("tactus sync", NOW);
            Notebook.write(cut, "before");
            // as a cut network ends it: the session that holds the lock, and no other
            schema().execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted");
            Notebook.write(cut, "nobody else has it");
            try (DatabaseLock lock = awaitLock(next)) {
                assertThat(lock).isNotNull();
                assertThatThrownBy(() -> Notebook.write(cut, "after"))
                        .isInstanceOf(DatabaseUnavailable.class)
                        .hasMessageContaining("was given to another process");
                Notebook.write(next, "the new holder's");
            }
            assertThat(Notebook.lines(next)).containsExactly("before", "nobody else has it", "the new holder's");
            lost.close();
        }
    }

    @Test
    void whoeverStandsStillIsFollowedByTheNextAndWritesNothingWhenItWakesUp() {
        try (Database still = open();
                Database next = open()) {
            DatabaseLock lost = still.lock("tactus sync", NOW);
            Notebook.write(still, "before");
            // as a process that is stopped leaves it: its session lives, and it says nothing for longer than a minute
            schema().execute("UPDATE database_lock SET seen_at = seen_at - 61000000");
            try (DatabaseLock lock = next.lock("tactus sync", NOW)) {
                assertThat(lock).isNotNull();
                assertThatThrownBy(() -> Notebook.write(still, "after"))
                        .isInstanceOf(DatabaseUnavailable.class)
                        .hasMessageContaining("was given to another process");
                Notebook.write(next, "the next one's");
            }
            assertThat(Notebook.lines(next)).containsExactly("before", "the next one's");
            lost.close();
        }
    }

    @Test
    void workersAreBesideOneAnotherAndASyncAndNobodyElse() {
        try (Database one = open();
                Database two = open();
                Database other = open();
                Database third = open()) {
            DatabaseLock first = one.lock(DatabaseLock.Kind.WORKER, "work", NOW);
            assertThatThrownBy(() -> other.lock("close", NOW))
                    .isInstanceOf(DatabaseLocked.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("(work, since");
            try (DatabaseLock second = two.lock(DatabaseLock.Kind.WORKER, "work", NOW);
                    DatabaseLock sync = other.lock(DatabaseLock.Kind.BESIDE_WORKERS, "sync", NOW)) {
                assertThat(List.of(second, sync)).hasSize(2);
                assertThatThrownBy(() -> third.lock(DatabaseLock.Kind.BESIDE_WORKERS, "sync", NOW))
                        .isInstanceOf(DatabaseLocked.class)
                        .hasMessageContaining("(sync, since");
                Notebook.write(one, "a worker's");
                Notebook.write(other, "the sync's");
            }
            first.close();
            try (DatabaseLock alone = other.lock("close", NOW)) {
                assertThat(alone).isNotNull();
                assertThatThrownBy(() -> one.lock(DatabaseLock.Kind.WORKER, "work", NOW))
                        .isInstanceOf(DatabaseLocked.class)
                        .hasMessageContaining("(close, since");
            }
        }
    }

    @Test
    void aWorkerWhoseConnectionWasCutWritesNothingOnceSomebodyWasAlone() {
        try (Database cut = open();
                Database alone = open()) {
            DatabaseLock lost = cut.lock(DatabaseLock.Kind.WORKER, "work", NOW);
            schema().execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted");
            Notebook.write(cut, "nobody was alone");
            awaitLock(alone).close();
            assertThatThrownBy(() -> Notebook.write(cut, "after"))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("was given to another process");
            lost.close();
        }
    }

    @Test
    void waitsForTheDiskAtEachCommitWhateverTheServerWasTold() {
        DatabaseAddress hasty = new DatabaseAddress.PostgresUrl(
                schema().url() + "&options=-c%20synchronous_commit=off", Optional.empty(), Optional.empty());
        try (Database database = Database.open(Notebook.SCHEMA, hasty, TransactionListener.none())) {
            assertThat(database.<Optional<String>>write(session -> session.first(
                            "SELECT current_setting('synchronous_commit') AS waits", row -> row.text("waits"))))
                    .contains("on");
        }
    }

    @Test
    void keepsEveryTextAsItIs() {
        List<String> texts = List.of("a\0b", "\0", "\uE000", "\uE0000\0\uE0001", "ä€😀", "'\"\\", "");
        try (Database database = open()) {
            texts.forEach(text -> Notebook.write(database, text));
            assertThat(Notebook.lines(database)).isEqualTo(texts);
        }
    }

    @Test
    void comparesTextsByTheirBytes() {
        try (Database database = open()) {
            List.of("b", "B", "a-c", "ab", "_", "ä").forEach(text -> Notebook.write(database, text));
            assertThat(database.<List<String>>read(
                            session -> session.list("SELECT text FROM line ORDER BY text", row -> row.text("text"))))
                    .containsExactly("B", "_", "a-c", "ab", "b", "ä");
        }
    }

    @Test
    void saysWhatToDoWhereNobodyAnswersAndNamesNoPassword() {
        DatabaseAddress nowhere = new DatabaseAddress.PostgresUrl(
                "jdbc:postgresql://127.0.0.1:1/tactus?password=hunter2&user=x", Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> Database.open(Notebook.SCHEMA, nowhere, TransactionListener.none()))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("can't be reached")
                .hasMessageContaining("127.0.0.1:1/tactus")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void namesNoPasswordOfAnAddressThatCantBeRead() {
        DatabaseAddress wrong = new DatabaseAddress.PostgresUrl(
                "jdbc:postgresql://127.0.0.1:port/tactus?password=hunter2", Optional.empty(), Optional.of("hunter3"));
        assertThatThrownBy(() -> Database.open(Notebook.SCHEMA, wrong, TransactionListener.none()))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageNotContaining("hunter")
                .rootCause()
                .hasMessageNotContaining("hunter");
    }

    @Test
    void goesOnWithANewConnectionWhenTheServerWasRestarted() {
        try (TestPostgres own = TestPostgres.start().orElseThrow();
                TestSchema place = own.schema()) {
            assumeTrue(own.isOurs(), "the server that is named is not ours to restart");
            DatabaseAddress address = new DatabaseAddress.PostgresUrl(place.url(), Optional.empty(), Optional.empty());
            try (Database database = Database.open(Notebook.SCHEMA, address, TransactionListener.none())) {
                Notebook.write(database, "kept");
                assertThat(Notebook.lines(database)).hasSize(1);
                own.restart();
                assertThatThrownBy(() -> Notebook.write(database, "lost")).isInstanceOf(DatabaseUnavailable.class);
                Notebook.write(database, "on a new connection");
                assertThat(Notebook.lines(database)).containsExactly("kept", "on a new connection");
            }
        }
    }

    private DatabaseLock awaitLock(Database database) {
        while (true) {
            try {
                return database.lock("tactus close", NOW);
            } catch (DatabaseLocked stillEnding) {
                Thread.onSpinWait();
            }
        }
    }

    private TestSchema schema() {
        return schema.orElseThrow();
    }

    private DatabaseAddress address() {
        return new DatabaseAddress.PostgresUrl(schema().url(), Optional.empty(), Optional.empty());
    }

    private Database open() {
        return Database.open(Notebook.SCHEMA, address(), TransactionListener.none());
    }
}
