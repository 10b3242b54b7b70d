package dev.tactus.console.disaster;

import dev.tactus.console.disaster.Disaster.Kind;
import dev.tactus.console.disaster.HistoryFolder.Outcome;
import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One random history of commands and disasters: from a seed, always the same.
///
/// Whatever happens, what commands have promised holds, or `audit` finds what does not; and there is a way out.
final class History implements AutoCloseable {
    private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);
    private static final String PERIOD = "2024-03";
    /// What is wrong with the world, as far as the history knows.
    private enum Harm {
        NONE,
        /// A staged file was changed, torn or lost: nothing that anybody has seen, and what it held can be fetched
        /// again.
        STAGED,
        /// A file was changed, torn or lost.
        DAMAGE,
        /// One of ledger and lake was brought back without the other, or somebody has used a copy.
        APART
    }

    private record Kept(Path folder, Expectation expectation) {}

    private final Random random;
    private final Path folder;
    private final ScriptedSource source;
    private final HistoryFolder place;
    private final List<LocalDate> days;
    private final List<String> log = new ArrayList<>();
    private Expectation expectation = new Expectation();
    private Harm harm = Harm.NONE;
    private boolean changedSinceHarm;
    private @Nullable Kept backup;
    private @Nullable Kept copies;
    private int kept;
    private boolean over;

    History(long seed, Path folder) throws IOException {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.folder = folder;
        this.source = new ScriptedSource(5 + random.nextInt(6));
        this.place = new HistoryFolder(folder, source, random);
        this.days = FIRST.datesUntil(FIRST.plusDays(2 + random.nextInt(2))).toList();
        note("seed " + seed + ": " + source.isrcs().size() + " recordings, " + days.size() + " days");
    }

    List<String> log() {
        return List.copyOf(log);
    }

    /// What has happened in one line: the same for the same seed.
    String digest() {
        return Sha256.of(HistoryFolder.masked(String.join("\n", log))).hex();
    }

    void run() throws IOException {
        int opening = random.nextInt(8);
        switch (opening) {
            case 0 -> waiting();
            case 1 -> killedWithStagedFiles();
            case 2 -> damagedStatement();
            case 3, 4, 5 -> {
                // without something to bring back half of the disasters can't happen
                sync(false, Disaster.NONE);
                backup(Disaster.NONE);
            }
            default -> note("an empty folder");
        }
        int steps = (opening < 3 ? 0 : opening < 6 ? 1 : 2) + random.nextInt(4);
        for (int i = 0; i < steps && !over; i++) {
            step();
        }
        if (!over) {
            end();
        }
    }

    /// A run that waits is kept as it is, goes on, and is what it was again: the ledger alone, the lake alone, or both.
    private void waiting() throws IOException {
        days.forEach(day -> source.pending(day, random.nextInt(3) > 0));
        sync(false, Disaster.NONE);
        backup(Disaster.NONE);
        days.forEach(day -> source.pending(day, random.nextBoolean()));
        sync(false, Disaster.NONE);
        bringBackOne();
        days.forEach(day -> source.pending(day, random.nextInt(3) == 0));
        sync(false, Disaster.NONE);
    }

    /// A run ends in the middle, and what it has staged is not what it was when it goes on.
    private void killedWithStagedFiles() throws IOException {
        // the first commit of a lake that is made now is its making, the second the first publication
        sync(false, new Disaster(Kind.KILL, Disaster.Moment.COMMIT_DUE, 2));
        List<Path> staged = place.staged();
        List<Path> counts = staged.stream()
                .filter(file -> file.toString().contains("/daily_"))
                .toList();
        damage(random.nextInt(3) == 0 ? staged : counts);
        sync(false, Disaster.NONE);
    }

    /// What a statement sold is changed on the disk before it is computed with.
    private void damagedStatement() throws IOException {
        sync(false, Disaster.NONE);
        backup(Disaster.NONE);
        imports(3, Disaster.NONE);
        damage(place.vulnerable().stream()
                .filter(file -> file.toString().contains("/sales/data/"))
                .toList());
        reconcile(Disaster.NONE);
    }

    private void step() throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> sync(random.nextInt(4) == 0, disaster(60));
            case 7, 8, 9 -> imports(1 + random.nextInt(3), disaster(50));
            case 10 -> reconcile(disaster(40));
            case 11, 12 -> maintain(disaster(50));
            case 13 -> backup(disaster(25));
            case 14, 15 -> bringBackOne();
            case 16 -> bringBackBoth(disaster(40));
            case 17, 18 -> damage(place.vulnerable());
            default -> world();
        }
        if (harm != Harm.NONE && !over && random.nextInt(2) == 0) {
            verify();
        }
    }

    /// Peace: what is wrong is found and mended, and everything can be done.
    private void end() throws IOException {
        if (harm != Harm.NONE) {
            verify();
        }
        if (over) {
            return;
        }
        days.forEach(day -> source.pending(day, false));
        place.itIs(place.now().plus(Duration.ofHours(1)));
        sync(false, Disaster.NONE);
        imports(1, Disaster.NONE);
        if (random.nextInt(4) == 0) {
            sync(true, Disaster.NONE);
        }
        if (random.nextInt(4) == 0) {
            maintain(Disaster.NONE);
        }
        if (random.nextInt(4) == 0) {
            reconcile(Disaster.NONE);
            Outcome closed = run(Disaster.NONE, "close", "--period", PERIOD, "--by", "Ada", "--accept", "it is a test");
            expect(closed, 0);
        }
        verify();
    }

    private void sync(boolean anew, Disaster disaster) throws IOException {
        List<String> args = new ArrayList<>(
                List.of("sync", "--from", "" + days.getFirst(), "--to", "" + days.getLast(), "--max-wait", "0s"));
        if (anew) {
            args.add("--new-run");
        }
        Outcome done = run(disaster, args.toArray(String[]::new));
        if (!anew && done.exit() == 1 && done.text().contains("start a new run")) {
            // what was staged is gone or not what it was; nothing of it was visible
            sync(true, Disaster.NONE);
            return;
        }
        expect(done, 0, 3);
        if (harm == Harm.STAGED && anew && !done.ended() && !done.happened()) {
            harm = Harm.NONE;
        }
        Set<LocalDate> all = Set.copyOf(days);
        check(done.exit() == 0 ? all : Set.of(), done.exit() == 0 && anew ? all : Set.of(), done);
    }

    private void imports(int statement, Disaster disaster) throws IOException {
        Path file =
                Files.writeString(folder.resolve("statement-" + statement + ".csv"), new Statement(statement).csv());
        if (!expectation.isImported(statement)) {
            expectation.perhaps(statement);
        }
        Outcome done = run(disaster, "reports", "import", file.toString());
        expect(done, 0);
        if (done.exit() == 0 && harm == Harm.NONE) {
            expectation.imported(statement);
        }
        check(Set.of(), Set.of(), done);
    }

    private void reconcile(Disaster disaster) throws IOException {
        Outcome done = run(disaster, "reconcile", "--period", PERIOD, "--no-files");
        if (done.exit() == 2 && done.text().contains("there is no")) {
            return;
        }
        expect(done, 0, 3);
        if (done.exit() == 0 && !(harm != Harm.NONE && changedSinceHarm)) {
            Outcome sum = run(
                    Disaster.NONE,
                    "query",
                    "--format",
                    "csv",
                    "SELECT CAST(coalesce(sum(api_count), 0) AS BIGINT) AS a,"
                            + " CAST(coalesce(sum(report_count), 0) AS BIGINT) AS r FROM reconciled");
            String api = expectation.streams() + ",";
            boolean same =
                    expectation.sold(3).stream().anyMatch(sold -> sum.text().contains("\n" + api + sold + "\n"));
            if (sum.exit() == 0 && !same) {
                throw failed(
                        "reconciled " + sum.text().strip() + " where " + api + expectation.sold(3) + " were given");
            }
        }
    }

    private void maintain(Disaster disaster) throws IOException {
        Outcome done = run(disaster, "lake", "maintain", "--keep-snapshots", "1", "--expire-days", "0");
        if (done.exit() == 2 && done.text().contains("there is no")) {
            return;
        }
        expect(done, 0);
        check(Set.of(), Set.of(), done);
    }

    private void backup(Disaster disaster) throws IOException {
        if (!Files.exists(place.ledger()) || !Files.exists(place.lake().resolve("catalog.db"))) {
            return;
        }
        Path to = folder.resolve("backup-" + ++kept);
        Outcome done = run(disaster, "backup", to.toString());
        expect(done, 0);
        if (done.exit() == 0 && harm == Harm.NONE) {
            backup = new Kept(to, expectation.copy());
        }
        if (harm == Harm.NONE) {
            Path raw = Files.createDirectories(folder.resolve("copies-" + kept));
            place.copyLedger(raw.resolve("ledger.db"));
            DiskImage.copy(place.lake(), raw.resolve("lake"));
            copies = new Kept(raw, expectation.copy());
        }
    }

    private void bringBackOne() throws IOException {
        Kept from = copies;
        if (from == null || !Files.exists(from.folder().resolve("ledger.db"))) {
            return;
        }
        boolean ledger = random.nextBoolean();
        if (ledger) {
            place.bringBackLedger(from.folder().resolve("ledger.db"));
        } else {
            place.bringBackLake(from.folder().resolve("lake"));
        }
        note((ledger ? "the ledger" : "the lake") + " alone is brought back from "
                + from.folder().getFileName());
        harmed(Harm.APART);
    }

    private void bringBackBoth(Disaster disaster) throws IOException {
        Kept from = backup;
        if (from == null) {
            return;
        }
        boolean before = harm == Harm.NONE;
        Outcome done = run(disaster, "restore", from.folder().toString(), "--replace");
        for (int i = 0; i < 2 && done.exit() != 0; i++) {
            if (before && !done.happened()) {
                expect(done, 0);
            }
            done = run(Disaster.NONE, "restore", from.folder().toString(), "--replace");
        }
        if (done.exit() != 0) {
            throw failed("a backup that was whole can't be brought back: " + done.text());
        }
        place.tidy();
        expectation = from.expectation().copy();
        harm = Harm.NONE;
        check(Set.of(), Set.of(), done);
    }

    private void damage(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        List<Path> rows = files.stream()
                .filter(file -> file.toString().endsWith(".parquet"))
                .toList();
        List<Path> from = rows.isEmpty() || random.nextInt(3) == 0 ? files : rows;
        Path file = from.get(random.nextInt(from.size()));
        String what = switch (random.nextInt(4)) {
            case 0 -> {
                Files.delete(file);
                yield "lost";
            }
            case 1 -> {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
                yield "torn";
            }
            case 2 -> {
                DiskImage.flip(file, random);
                yield "changed by a bit";
            }
            default -> {
                if (rows.contains(file)) {
                    UnseenFlip.of(file, random);
                } else {
                    DiskImage.flip(file, random);
                }
                yield "changed by a bit that shows nowhere";
            }
        };
        String name = place.work.relativize(file).toString();
        note(HistoryFolder.masked(name) + " is " + what);
        boolean unseen = name.startsWith("lake/staging/");
        if (!unseen) {
            harmed(Harm.DAMAGE);
        } else if (harm == Harm.NONE) {
            harmed(Harm.STAGED);
        }
    }

    private void world() {
        LocalDate day = days.get(random.nextInt(days.size()));
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                source.revise(day);
                note("the service corrects " + day);
            }
            case 2 -> {
                source.pending(day, !source.isPending(day));
                note(day + (source.isPending(day) ? " waits" : " is ready"));
            }
            case 3 -> {
                place.itIs(place.now().plus(Disaster.STEP));
                note("the clock is set ahead");
            }
            default -> {
                place.itIs(place.now().minus(Disaster.STEP));
                note("the clock is set back");
            }
        }
    }

    private void harmed(Harm now) {
        harm = now;
        changedSinceHarm = false;
    }

    /// The audit finds what is wrong, and a backup is the way out; or nothing is wrong.
    private void verify() throws IOException {
        if (!Files.exists(place.ledger()) && !Files.exists(place.lake())) {
            harm = Harm.NONE;
            return;
        }
        Outcome audit = run(Disaster.NONE, "audit");
        if (audit.exit() == 0) {
            List<String> wrong = look(Set.of(), Set.of());
            if (!wrong.isEmpty()) {
                throw failed("the audit says that it adds up, but " + wrong);
            }
            harm = Harm.NONE;
            return;
        }
        if (harm == Harm.NONE) {
            throw failed("nothing is wrong, but the audit says " + audit.text());
        }
        if (audit.exit() != 1 && audit.exit() != 2) {
            throw failed("the audit ended with " + audit.exit() + ": " + audit.text());
        }
        if (harm == Harm.STAGED) {
            sync(true, Disaster.NONE);
        } else if (backup == null) {
            note("found, and there is no backup");
            over = true;
        } else {
            bringBackBoth(Disaster.NONE);
        }
    }

    /// Compares, where nothing is known to be wrong; half a run is never visible.
    private void check(Set<LocalDate> complete, Set<LocalDate> newest, Outcome after) throws IOException {
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

    private List<String> look(Set<LocalDate> complete, Set<LocalDate> newest) throws IOException {
        Outcome query = run(Disaster.NONE, "query", "--format", "csv", LakeContent.SQL);
        if (query.result() == null || query.exit() != 0) {
            return List.of("the lake can't be read: " + query.text());
        }
        return expectation.compare(LakeContent.of(query.result()), source, complete, newest);
    }

    private Outcome run(Disaster disaster, String... args) throws IOException {
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
    private void expect(Outcome done, Integer... exits) {
        boolean excused = done.ended()
                || harm == Harm.DAMAGE
                || harm == Harm.APART
                || (done.happened() && log.getLast().contains(Kind.DISK_FULL.name()));
        if (!excused && !Arrays.asList(exits).contains(done.exit())) {
            throw failed("it has to end with " + Arrays.toString(exits) + ", not " + done.exit() + ": " + done.text());
        }
    }

    private Disaster disaster(int percent) {
        return Disaster.draw(random, percent);
    }

    private void note(String line) {
        log.add(line);
    }

    private static AssertionError failed(String what) {
        return new AssertionError(what);
    }

    @Override
    public void close() {
        source.close();
    }
}
