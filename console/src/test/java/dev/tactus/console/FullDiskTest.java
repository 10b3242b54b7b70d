package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.Machine;
import dev.tactus.database.TransactionListener;
import dev.tactus.lake.files.DiskListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full from some moment on: one message says so, and how much space there is where; nothing is lost,
/// and the same command goes on once there is some.
@Tag("slow")
class FullDiskTest {
    @TempDir
    private Path folder;

    private static DiskListener fullAfter(int steps) {
        AtomicInteger left = new AtomicInteger(steps);
        return (_, _) -> {
            if (left.decrementAndGet() < 0) {
                throw new IOException("No space left on device");
            }
        };
    }

    @Test
    void eachCommandSaysSoAndGoesOnAfterwards() throws IOException {
        StatementsFolder books = StatementsFolder.in(folder);
        books.imports("2026-01", 100, 50);
        Path report = books.statement("february", "2026-02", 7, 9, "0.01");
        for (List<String> command : List.of(
                List.of("reports", "import", report.toString()),
                List.of("reconcile", "--period", "2026-02"),
                List.of("close", "--period", "2026-02", "--by", "Ada"),
                List.of("backup", folder.resolve("backup").toString()))) {
            String[] words = Stream.concat(
                            command.stream(),
                            Stream.of("--config", books.config().toString()))
                    .toArray(String[]::new);
            int failed = 0;
            for (int steps = 0; steps < 200; steps += 1 + steps) {
                CommandResult ended = CommandResult.on(
                        new Machine(InstantSource.system(), fullAfter(steps), TransactionListener.none()), words);
                if (ended.exit() == 0) {
                    break;
                }
                failed++;
                assertThat(ended.exit()).as(command + " after " + steps).isEqualTo(1);
                assertThat(ended.err())
                        .as(command + " after " + steps)
                        .contains("the disk is full", "Free now: ", "run the same command again")
                        .doesNotContain("unexpected");
                books.run(0, "audit");
            }
            assertThat(failed).as(command.toString()).isPositive();
            assertThat(CommandResult.of(words).exit()).as(command.toString()).isZero();
        }
        assertThat(books.run(0, "audit").out()).contains("2 reports", "1 closes");
        assertThat(books.run(2, "backup", folder.resolve("backup").toString()).err())
                .contains("is not empty");
    }
}
