package dev.tactus.console.disaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random histories of commands, crashes, lost power, full disks, flipped bits, wrong clocks, backups brought back
/// without their other half, and second writers.
///
/// `-Dhistories=10000` runs more, `-Dseed=42` from that seed on, `-Dtell=true` prints what happened in each. A history
/// that fails is told with its seed.
@Tag("slow")
class DisasterTest {
    @TempDir
    private Path folder;

    private @Nullable Path inMemory;

    @Test
    void whateverHappensNothingIsLostUnseen() throws InterruptedException, ExecutionException, IOException {
        Path place = place();
        long first = Long.getLong("seed", 1);
        int histories = Integer.getInteger("histories", 200);
        List<Future<Optional<String>>> all = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (long seed = first; seed < first + histories; seed++) {
                long own = seed;
                all.add(threads.submit(() -> failure(place, own)));
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

    /// What a seed begins, it begins again: a failure that was told can be looked at.
    @Test
    void theSameSeedGivesTheSameHistory() throws IOException {
        for (long seed : new long[] {3, 7}) {
            List<String> logs = new ArrayList<>();
            Set<String> digests = new HashSet<>();
            for (int time = 0; time < 2; time++) {
                Path own = Files.createDirectory(place().resolve("again-" + seed + "-" + time));
                try (History history = new History(seed, own)) {
                    history.run();
                    digests.add(history.digest());
                    logs.add(String.join("\n", history.log()));
                } finally {
                    DiskImage.delete(own);
                }
            }
            assertThat(digests).as(String.join("\n\n", logs)).hasSize(1);
        }
    }

    /// In memory where there is a place for it: what a disk forgets is decided by the history, not by the disk, and
    /// forcing files to a real one is most of the time.
    private Path place() throws IOException {
        Path memory = Path.of("/dev/shm");
        if (!Files.isWritable(memory) || Files.getFileStore(memory).getUsableSpace() < 1L << 30) {
            return folder;
        }
        if (inMemory == null) {
            inMemory = Files.createTempDirectory(memory, "tactus-histories-");
        }
        return inMemory;
    }

    @AfterEach
    void tidy() throws IOException {
        if (inMemory != null) {
            DiskImage.delete(inMemory);
        }
    }

    private Optional<String> failure(Path place, long seed) throws IOException {
        Path own = Files.createDirectory(place.resolve("seed-" + seed));
        List<String> told = new ArrayList<>();
        try (History history = new History(seed, own)) {
            try {
                history.run();
                if (Boolean.getBoolean("tell")) {
                    System.out.println(String.join("\n  ", history.log()));
                }
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
