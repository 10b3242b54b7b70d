package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.Machine;
import dev.tactus.database.TransactionListener;
import dev.tactus.lake.files.DiskListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Maintenance and backups that the power cuts off at a step towards the disk: nothing is lost, and the same command
/// again ends them.
@Tag("slow")
class CutOffCommandsTest {
    private static final String FIGURES =
            "SELECT report_id, line, isrc, quantity, net_revenue, usage_start FROM sales ORDER BY ALL";

    /// What fits no divisor of the steps of a commit.
    private static final int STRIDE = 7;

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private StatementsFolder books() throws IOException {
        StatementsFolder books = StatementsFolder.in(folder);
        for (String month : List.of("2026-01", "2026-02", "2026-03")) {
            books.imports(month, 100, 50);
        }
        books.run(0, "reconcile", "--period", "2026-01");
        books.run(0, "close", "--period", "2026-01", "--by", "Ada");
        return books;
    }

    @Test
    void maintenanceLosesNothing() throws IOException {
        cut("lake", "maintain", "--keep-snapshots", "1", "--expire-days", "0");
    }

    @Test
    void aBackupIsDoneOver() throws IOException {
        cut("backup", elsewhere.resolve("backup").toString());
    }

    private void cut(String... command) throws IOException {
        StatementsFolder books = books();
        String figures = books.run(0, "query", FIGURES).out();
        Path pristine = elsewhere.resolve("pristine");
        copy(folder, pristine);
        boolean ends = false;
        int cuts = 0;
        for (int step = 1; !ends; step += STRIDE) {
            AtomicInteger left = new AtomicInteger(step);
            ends = on(books, command, (what, file) -> {
                                if (left.decrementAndGet() <= 0) {
                                    throw new IOException("the power has failed at " + what + " of " + file);
                                }
                            })
                            .exit()
                    == 0;
            cuts += ends ? 0 : 1;
            books.run(0, "audit");
            assertThat(books.run(0, "query", FIGURES).out()).isEqualTo(figures);

            if (!ends) {
                CommandResult again = on(books, command, DiskListener.none());
                assertThat(again.exit()).as(again.out() + again.err()).isZero();
            }

            assertThat(books.run(0, "audit").err()).doesNotContain("not finished");
            assertThat(books.run(0, "query", FIGURES).out()).isEqualTo(figures);
            empty(folder);
            copy(pristine, folder);
            empty(elsewhere.resolve("backup"));
        }
        assertThat(cuts).isGreaterThan(3);
    }

    /// On a machine whose clock is two days ahead: what was left over is old enough to go.
    private static CommandResult on(StatementsFolder books, String[] command, DiskListener disk) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("--config", books.config().toString()));
        InstantSource later = InstantSource.fixed(Instant.now().plus(Duration.ofDays(2)));
        return CommandResult.on(new Machine(later, disk, TransactionListener.none()), args.toArray(String[]::new));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path copy = to.resolve(from.relativize(one).toString());
                if (!Files.isDirectory(copy)) {
                    Files.copy(one, copy);
                }
            }
        }
    }

    private static void empty(Path place) throws IOException {
        if (Files.exists(place)) {
            try (Stream<Path> all = Files.walk(place)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    if (!one.equals(place)) {
                        Files.delete(one);
                    }
                }
            }
        }
    }
}
