package dev.tactus.console.disaster;

import dev.tactus.console.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder with configuration, ledger and lake of one history, and the time that its machine believes it to be.
final class HistoryFolder {
    /// The same in every history, so that a seed says all of it.
    private static final Instant BEGINNING = Instant.parse("2026-06-01T08:00:00Z");
    private static final String YAML = """
            version: 1
            catalog: catalog.csv
            ledger: ./LEDGER
            lake: ./lake
            sources:
              scripted:
                profile: spotify-for-artists
                base_url: URI
                token_url: URI/api/token
                client_id: test
                client_secret: test
                concurrency: 1
            """;

    /// What a command came to.
    ///
    /// @param result empty if the process ended
    record Outcome(@Nullable CommandResult result, boolean happened) {
        boolean ended() {
            return result == null;
        }

        int exit() {
            return result == null ? -1 : result.exit();
        }

        String text() {
            return result == null ? "ended" : result.out() + result.err();
        }
    }

    final Path work;
    private final ScriptedSource source;
    private final Random random;
    private Instant now = BEGINNING;

    HistoryFolder(Path folder, ScriptedSource source, Random random) throws IOException {
        this.work = Files.createDirectories(folder.resolve("work")).toRealPath();
        this.source = source;
        this.random = random;
        Files.writeString(work.resolve("catalog.csv"), source.catalogCsv());
        configure("tactus.yaml", "ledger.db");
    }

    private void configure(String file, String ledger) throws IOException {
        Files.writeString(
                work.resolve(file),
                YAML.replace("LEDGER", ledger).replace("URI", source.uri().toString()));
    }

    Path ledger() {
        return work.resolve("ledger.db");
    }

    Path lake() {
        return work.resolve("lake");
    }

    Instant now() {
        return now;
    }

    void itIs(Instant time) {
        now = time;
    }

    /// Runs a command on a machine that has this disaster at hand.
    Outcome run(Disaster disaster, Runnable intruder, String... args) throws IOException {
        DisasterMachine machine = new DisasterMachine(new DiskImage(work), now, random, disaster, intruder);
        @Nullable CommandResult result = null;
        try {
            result = CommandResult.on(machine.machine(), configured("tactus.yaml", args));
        } catch (Throwable e) {
            if (machine.leftBehind() == null) {
                throw e;
            }
        }
        now = machine.now();
        Path left = machine.leftBehind();
        if (left != null) {
            DiskImage.delete(work);
            Files.move(left, work);
            return new Outcome(null, true);
        }
        return new Outcome(result, machine.happened());
    }

    /// What somebody else does in the middle of a command.
    CommandResult beside(boolean withACopyOfTheLedger, String... args) {
        try {
            if (withACopyOfTheLedger) {
                configure("second.yaml", "second.db");
                copyLedger(work.resolve("second.db"));
            }
            String config = withACopyOfTheLedger ? "second.yaml" : "tactus.yaml";
            return CommandResult.of(configured(config, args));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String[] configured(String config, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--config", work.resolve(config).toString()));
        return all.toArray(String[]::new);
    }

    /// As a person copies a ledger that nobody uses, or that a snapshot of the disk has.
    void copyLedger(Path to) throws IOException {
        for (String ending : List.of("", "-wal")) {
            Path part = ledger().resolveSibling(ledger().getFileName() + ending);
            Path copy = to.resolveSibling(to.getFileName() + ending);
            Files.deleteIfExists(copy);
            if (Files.exists(part)) {
                Files.copy(part, copy);
            }
        }
        Files.deleteIfExists(to.resolveSibling(to.getFileName() + "-shm"));
    }

    void bringBackLedger(Path from) throws IOException {
        for (String ending : List.of("", "-wal", "-shm")) {
            Path part = ledger().resolveSibling(ledger().getFileName() + ending);
            Path copy = from.resolveSibling(from.getFileName() + ending);
            Files.deleteIfExists(part);
            if (Files.exists(copy)) {
                Files.copy(copy, part);
            }
        }
    }

    void bringBackLake(Path from) throws IOException {
        DiskImage.delete(lake());
        DiskImage.copy(from, lake());
    }

    /// What restore has moved aside, and second ledgers.
    void tidy() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.list(work)) {
            all = found.toList();
        }
        for (Path one : all) {
            String name = one.getFileName().toString();
            if (name.contains(".replaced-") || name.startsWith("second")) {
                DiskImage.delete(one);
            }
        }
    }

    /// The files that damage can do harm to, in an order that does not depend on names drawn by chance.
    List<Path> vulnerable() throws IOException {
        List<Path> files = new ArrayList<>(DiskImage.files(lake()));
        if (Files.exists(ledger())) {
            files.add(ledger());
        }
        files.sort(
                Comparator.comparing((Path file) -> masked(work.relativize(file).toString()))
                        .thenComparingLong(HistoryFolder::size));
        return files;
    }

    /// Those of them that a run has staged and not yet published.
    List<Path> staged() throws IOException {
        return vulnerable().stream()
                .filter(file -> file.startsWith(lake().resolve("staging")))
                .toList();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A text without what is drawn by chance or comes from it: ids, digests, times of runs.
    static String masked(String text) {
        return text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27,}", "…")
                .replaceAll("[0-9a-f]{32,}", "…")
                .replaceAll("snap-[0-9]+-[0-9]+-", "snap-…")
                .replaceAll("(scripted|spotify|[a-z]+)-[0-9a-f]{4,12}\\b", "$1-…")
                .replaceAll("\\b[0-9]{17,19}\\b", "…");
    }
}
