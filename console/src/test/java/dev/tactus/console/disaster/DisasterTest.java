package dev.tactus.console.disaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories of commands, crashes, lost power, full disks, flipped bits, wrong clocks, backups brought back
/// without their other half, and second writers.
///
/// `-Dhistories=10000` runs more, `-Dseed=42` from that seed on. A history that fails is told with its seed.
@Tag("slow")
class DisasterTest {
    @TempDir
    private Path folder;

    @Test
    void whateverHappensNothingIsLostUnseen() throws InterruptedException, ExecutionException {
        long first = Long.getLong("seed", 1);
        int histories = Integer.getInteger("histories", 20);
        List<Future<Optional<String>>> all = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (long seed = first; seed < first + histories; seed++) {
                long own = seed;
                all.add(threads.submit(() -> failure(own)));
            }
        }
        List<String> failures = new ArrayList<>();
        for (Future<Optional<String>> one : all) {
            one.get().ifPresent(failures::add);
        }
        assertThat(failures)
                .as(failures.size() + " of " + histories + " histories")
                .isEmpty();
    }

    private Optional<String> failure(long seed) throws IOException {
        Path own = Files.createDirectory(folder.resolve("seed-" + seed));
        List<String> told = new ArrayList<>();
        try (History history = new History(seed, own)) {
            try {
                history.run();
                return Optional.empty();
            } catch (Exception | Error e) {
                told.addAll(history.log());
                told.add("FAILED: " + e);
                return Optional.of(String.join("\n  ", told));
            }
        } finally {
            DiskImage.delete(own);
        }
    }
}
