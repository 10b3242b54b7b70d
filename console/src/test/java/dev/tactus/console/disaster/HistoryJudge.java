package dev.tactus.console.disaster;

import dev.tactus.console.disaster.Disaster.Kind;
import dev.tactus.console.disaster.HistoryFolder.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// What has happened in a history so far, what is wrong, and what has to hold after each command.
final class HistoryJudge {
    /// What is wrong with the world, as far as the history knows.
    enum Harm {
        NONE,
        /// A staged file was changed, torn or lost: nothing that anybody has seen, and what it held can be fetched
        /// again.
        STAGED,
        /// A file was changed, torn or lost.
        DAMAGE,
        /// One of ledger and lake was brought back without the other, or somebody has used a copy.
        APART
    }

    private final Path folder;
    private final ScriptedSource source;
    private final HistoryFolder place;
    private final Random random;
    final List<String> log = new ArrayList<>();
    Expectation expectation = new Expectation();
    Harm harm = Harm.NONE;
    /// Whether a command has changed anything since.
    boolean changedSinceHarm;

    HistoryJudge(Path folder, ScriptedSource source, HistoryFolder place, Random random) {
        this.folder = folder;
        this.source = source;
        this.place = place;
        this.random = random;
    }

    void harmed(Harm now) {
        harm = now;
        changedSinceHarm = false;
    }

    Outcome run(Disaster disaster, String... args) throws IOException {
        Outcome done = place.run(disaster, () -> beside(disaster.kind()), args);
        String command = args[0]
                + (args[0].equals("query")
                        ? ""
                        : " " + String.join(" ", List.of(args).subList(1, args.length)));
        if (!command.equals("query")) {
            note(command.replace(folder + "/", "") + disaster + (done.happened() ? " happened" : "") + " -> "
                    + (done.ended() ? "ended" : "" + done.exit()));
        }
        if (!done.ended() && (done.text().contains("unexpected:") || done.text().contains("\tat "))) {
            throw failed("a message that helps nobody: " + done.text());
        }
        if (done.happened() && disaster.kind() == Kind.FLIP) {
            harmed(Harm.DAMAGE);
        }
        if (done.happened() && disaster.kind() == Kind.SECOND_WRITER) {
            harmed(Harm.APART);
        }
        return done;
    }

    private void beside(Kind kind) {
        if (kind == Kind.READER) {
            var query = place.beside(false, "query", "--format", "csv", LakeContent.SQL);
            List<String> wrong = query.exit() != 0
                    ? List.of("it can't be read: " + query.err())
                    : expectation.copy().compare(LakeContent.of(query), source, Set.of(), Set.of());
            if (!wrong.isEmpty()) {
                throw failed("somebody who read meanwhile found " + wrong);
            }
        } else {
            expectation.perhaps(12);
            var second = place.beside(true, "reports", "import", statement(12).toString());
            note("  meanwhile, with a copy of the ledger: reports import -> " + second.exit());
        }
    }

    private Path statement(int number) {
        try {
            return Files.writeString(folder.resolve("statement-" + number + ".csv"), new Statement(number).csv());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A command must do what it is asked unless something is wrong or the disk is full.
    void expect(Outcome done, Integer... exits) {
        boolean excused = done.ended()
                || harm == Harm.DAMAGE
                || harm == Harm.APART
                || (done.happened() && log.getLast().contains(Kind.DISK_FULL.name()));
        if (!excused && !Arrays.asList(exits).contains(done.exit())) {
            throw failed("it has to end with " + Arrays.toString(exits) + ", not " + done.exit() + ": " + done.text());
        }
    }

    /// Compares, where nothing is known to be wrong; half a run is never visible.
    void check(Set<LocalDate> complete, Set<LocalDate> newest, Outcome after) throws IOException {
        if (harm == Harm.DAMAGE || (harm == Harm.APART && after.exit() != 0 && after.exit() != 3)) {
            changedSinceHarm |= after.exit() == 0 || after.exit() == 3 || after.ended();
            return;
        }
        // reading costs as much as what is read after
        boolean interesting = after.happened() || !complete.isEmpty() || random.nextInt(3) == 0;
        if (!interesting || !Files.exists(place.lake().resolve("catalog.db"))) {
            return;
        }
        List<String> wrong = look(complete, newest);
        if (!wrong.isEmpty()) {
            throw failed("the lake is not what it has to be: " + wrong);
        }
    }

    List<String> look(Set<LocalDate> complete, Set<LocalDate> newest) throws IOException {
        Outcome query = run(Disaster.NONE, "query", "--format", "csv", LakeContent.SQL);
        if (query.result() == null || query.exit() != 0) {
            return List.of("the lake can't be read: " + query.text());
        }
        return expectation.compare(LakeContent.of(query.result()), source, complete, newest);
    }

    void note(String line) {
        log.add(line);
    }

    static AssertionError failed(String what) {
        return new AssertionError(what);
    }
}
