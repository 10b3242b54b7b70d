package dev.tactus.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DatabaseLockTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private Path file = Path.of("set before each test");

    @TempDir
    private Path folder;

    @BeforeEach
    void createFile() {
        file = folder.resolve("notebook.db");
        Notebook.open(file).close();
    }

    @Test
    void saysWhoHoldsTheFileInAnotherProcess() throws Exception {
        Process holder = spawn();
        try (BufferedReader output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held true");

            assertThatThrownBy(() -> lock("tactus sync")).isInstanceOfSatisfying(DatabaseLocked.class, held -> {
                DatabaseLock.Holder other = held.holder().orElseThrow();
                assertThat(other.pid()).isEqualTo(holder.pid());
                assertThat(other.command()).isEqualTo("tactus sync --day 2026-11-21");
                assertThat(held)
                        .hasMessageContaining("process " + holder.pid())
                        .hasMessageContaining(other.host())
                        .hasMessageContaining("tactus sync --day 2026-11-21")
                        .hasMessageContaining("since " + other.since());
            });
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void isFreeAgainWhenItsHolderIsKilled() throws Exception {
        Process holder = spawn();
        try (BufferedReader output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held true");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (DatabaseLock lock = lock("tactus sync")) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void refusesASecondHolderInTheSameProcessAndStillHolds() throws Exception {
        try (DatabaseLock lock = lock("tactus sync")) {
            assertThatThrownBy(() -> lock("tactus replay"))
                    .isInstanceOf(DatabaseLocked.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("tactus sync");

            Process other = spawn();
            try (BufferedReader output = other.inputReader()) {
                assertThat(output.readLine()).startsWith("refused").contains("tactus sync");
            } finally {
                other.destroyForcibly().waitFor();
            }
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void isFreeAgainWhenReleased() throws IOException {
        DatabaseLock first = lock("first");
        assertThat(Files.readString(folder.resolve("notebook.db.lock"))).contains("command: first");
        first.close();
        first.close();
        try (DatabaseLock second = lock("second")) {
            assertThat(second).isNotNull();
            assertThat(Files.readString(folder.resolve("notebook.db.lock"))).contains("command: second");
        }
    }

    private DatabaseLock lock(String command) {
        return DatabaseLock.take(Notebook.SCHEMA, file, command, NOW);
    }

    private Process spawn() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProcess.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
