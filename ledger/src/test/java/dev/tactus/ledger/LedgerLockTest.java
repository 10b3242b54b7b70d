package dev.tactus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.sqlite.DatabaseLock;
import dev.tactus.sqlite.DatabaseLocked;
import dev.tactus.sqlite.LockHolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LedgerLockTest {
    private final ManualClock clock = new ManualClock();
    private Path file = Path.of("set before each test");

    @TempDir
    private Path folder;

    @BeforeEach
    void createLedger() {
        file = folder.resolve("ledger.db");
        Ledger.open(file, clock).close();
    }

    @Test
    void saysWhoHoldsTheLedgerInAnotherProcess() throws Exception {
        Process holder = spawn();
        try (BufferedReader output = holder.inputReader();
                Ledger ledger = Ledger.open(file, clock)) {
            assertThat(output.readLine()).isEqualTo("held true");

            assertThatThrownBy(() -> ledger.lock("tactus sync")).isInstanceOfSatisfying(DatabaseLocked.class, held -> {
                LockHolder other = held.holder().orElseThrow();
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
        try (Ledger ledger = Ledger.open(file, clock);
                DatabaseLock lock = ledger.lock("tactus sync")) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void refusesASecondHolderInTheSameProcessAndStillHolds() throws Exception {
        try (Ledger ledger = Ledger.open(file, clock);
                Ledger same = Ledger.open(file, clock);
                DatabaseLock lock = ledger.lock("tactus sync")) {
            assertThatThrownBy(() -> same.lock("tactus replay"))
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
        try (Ledger ledger = Ledger.open(file, clock)) {
            DatabaseLock first = ledger.lock("first");
            assertThat(Files.readString(folder.resolve("ledger.db.lock"))).contains("command: first");
            first.close();
            first.close();
            try (DatabaseLock second = ledger.lock("second")) {
                assertThat(second).isNotNull();
                assertThat(Files.readString(folder.resolve("ledger.db.lock"))).contains("command: second");
            }
        }
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
