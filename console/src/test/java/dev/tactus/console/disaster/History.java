package dev.tactus.console.disaster;

import dev.tactus.console.disaster.Disaster.Kind;
import dev.tactus.console.disaster.HistoryFolder.Outcome;
import dev.tactus.console.disaster.HistoryJudge.Harm;
import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

    private record Kept(Path folder, Expectation expectation) {}

    private final Random random;
    private final Path folder;
    private final ScriptedSource source;
    private final HistoryFolder place;
    private final HistoryJudge judge;
    private final List<LocalDate> days;
    private @Nullable Kept backup;
    private @Nullable Kept copies;
    private int kept;
    private boolean over;

    History(long seed, Path folder) throws IOException {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.folder = folder;
        this.source = new ScriptedSource(5 + random.nextInt(6));
        this.place = new HistoryFolder(folder, source, random);
        this.judge = new HistoryJudge(folder, source, place, random);
        this.days = FIRST.datesUntil(FIRST.plusDays(2 + random.nextInt(2))).toList();
        judge.note("seed " + seed + ": " + source.isrcs().size() + " recordings, " + days.size() + " days");
    }

    List<String> log() {
        return List.copyOf(judge.log);
    }

    /// What has happened in one line: the same for the same seed.
    String digest() {
        return Sha256.of(HistoryFolder.masked(String.join("\n", judge.log))).hex();
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
            case 6 -> lettingGo();
            default -> judge.note("an empty folder");
        }
        int steps = (opening < 3 || opening == 6 ? 0 : opening < 6 ? 1 : 2) + random.nextInt(4);
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

    /// What was received is let go, however often that is cut off, and what it said stays.
    private void lettingGo() throws IOException {
        sync(false, Disaster.NONE);
        imports(3, Disaster.NONE);
        backup(Disaster.NONE);
        retain(disaster(80));
        retain(disaster(40));
        retain(Disaster.NONE);
    }

    private void step() throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> sync(random.nextInt(4) == 0, disaster(60));
            case 7, 8, 9 -> imports(1 + random.nextInt(3), disaster(50));
            case 10 -> reconcile(disaster(40));
            case 11 -> maintain(disaster(50));
            case 12 -> retain(disaster(50));
            case 13 -> backup(disaster(25));
            case 14, 15 -> bringBackOne();
            case 16 -> bringBackBoth(disaster(40));
            case 17, 18 -> damage(place.vulnerable());
            default -> world();
        }
        if (judge.harm != Harm.NONE && !over && random.nextInt(2) == 0) {
            verify();
        }
    }

    /// Peace: what is wrong is found and mended, and everything can be done.
    private void end() throws IOException {
        if (judge.harm != Harm.NONE) {
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
            Outcome closed =
                    judge.run(Disaster.NONE, "close", "--period", PERIOD, "--by", "Ada", "--accept", "it is a test");
            judge.expect(closed, 0);
        }
        verify();
    }

    private void sync(boolean anew, Disaster disaster) throws IOException {
        List<String> args = new ArrayList<>(
                List.of("sync", "--from", "" + days.getFirst(), "--to", "" + days.getLast(), "--max-wait", "0s"));
        if (anew) {
            args.add("--new-run");
        }
        Outcome done = judge.run(disaster, args.toArray(String[]::new));
        if (!anew && done.exit() == 1 && done.text().contains("start a new run")) {
            // what was staged is gone or not what it was; nothing of it was visible
            sync(true, Disaster.NONE);
            return;
        }
        judge.expect(done, 0, 3);
        if (judge.harm == Harm.STAGED && anew && !done.ended() && !done.happened()) {
            judge.harm = Harm.NONE;
        }
        Set<LocalDate> all = Set.copyOf(days);
        judge.check(done.exit() == 0 ? all : Set.of(), done.exit() == 0 && anew ? all : Set.of(), done);
    }

    private void imports(int statement, Disaster disaster) throws IOException {
        Path file =
                Files.writeString(folder.resolve("statement-" + statement + ".csv"), new Statement(statement).csv());
        if (!judge.expectation.isImported(statement)) {
            judge.expectation.perhaps(statement);
        }
        Outcome done = judge.run(disaster, "reports", "import", file.toString());
        judge.expect(done, 0);
        if (done.exit() == 0 && judge.harm == Harm.NONE) {
            judge.expectation.imported(statement);
        }
        judge.check(Set.of(), Set.of(), done);
    }

    private void reconcile(Disaster disaster) throws IOException {
        Outcome done = judge.run(disaster, "reconcile", "--period", PERIOD, "--no-files");
        if (done.exit() == 2 && done.text().contains("there is no")) {
            return;
        }
        judge.expect(done, 0, 3);
        if (done.exit() == 0 && !(judge.harm != Harm.NONE && judge.changedSinceHarm)) {
            Outcome sum = judge.run(
                    Disaster.NONE,
                    "query",
                    "--format",
                    "csv",
                    "SELECT CAST(coalesce(sum(api_count), 0) AS BIGINT) AS a,"
                            + " CAST(coalesce(sum(report_count), 0) AS BIGINT) AS r FROM reconciled");
            String api = judge.expectation.streams() + ",";
            boolean same = judge.expectation.sold(3).stream()
                    .anyMatch(sold -> sum.text().contains("\n" + api + sold + "\n"));
            if (sum.exit() == 0 && !same) {
                throw HistoryJudge.failed("reconciled " + sum.text().strip() + " where " + api
                        + judge.expectation.sold(3) + " were given");
            }
        }
    }

    private void maintain(Disaster disaster) throws IOException {
        Outcome done = judge.run(disaster, "lake", "maintain", "--keep-snapshots", "1", "--expire-days", "0");
        if (done.exit() == 2 && done.text().contains("there is no")) {
            return;
        }
        judge.expect(done, 0);
        judge.check(Set.of(), Set.of(), done);
    }

    /// What was received may go: what was read from it stays, and what has gone is gone.
    private void retain(Disaster disaster) throws IOException {
        // a day is kept whole: what was fetched today is not older than today
        place.itIs(place.now().plus(Duration.ofDays(2)));
        boolean payloads = random.nextBoolean();
        String before = "" + LocalDate.ofInstant(place.now(), ZoneOffset.UTC);
        Outcome done = judge.run(
                new Disaster(disaster.kind(), disaster.moment(), 1 + disaster.nth() / 4), // it has fewer moments
                "lake",
                "retain",
                "--kind",
                payloads ? "payloads" : "statements",
                "--before",
                before,
                "--force",
                "--by",
                "Ada",
                "--reason",
                "it is a test");
        if (done.exit() == 2 && done.text().contains("there is no")) {
            return;
        }
        judge.expect(done, 0);
        judge.check(Set.of(), Set.of(), done);
        // how old something is, is not known of a time when the clock was wrong
        boolean timesHold = judge.log.stream().noneMatch(line -> line.contains("clock") || line.contains("CLOCK_"));
        if (done.exit() == 0 && judge.harm == Harm.NONE && timesHold) {
            String left = payloads
                    ? "SELECT count(*) AS n FROM payloads WHERE body IS NOT NULL AND fetched_at < DATE '" + before + "'"
                    : "SELECT count(*) AS n FROM sales WHERE raw IS NOT NULL";
            Outcome query = judge.run(Disaster.NONE, "query", "--format", "csv", left);
            if (query.exit() != 0 || !query.text().contains("n\n0\n")) {
                throw HistoryJudge.failed("what was let go is still there: " + query.text());
            }
        }
    }

    private void backup(Disaster disaster) throws IOException {
        if (!Files.exists(place.ledger()) || !Files.exists(place.lake().resolve("catalog.db"))) {
            return;
        }
        Path to = folder.resolve("backup-" + ++kept);
        Outcome done = judge.run(disaster, "backup", to.toString());
        judge.expect(done, 0);
        if (done.exit() == 0 && judge.harm == Harm.NONE) {
            backup = new Kept(to, judge.expectation.copy());
        }
        if (judge.harm == Harm.NONE) {
            Path raw = Files.createDirectories(folder.resolve("copies-" + kept));
            place.copyLedger(raw.resolve("ledger.db"));
            DiskImage.copy(place.lake(), raw.resolve("lake"));
            copies = new Kept(raw, judge.expectation.copy());
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
        judge.note((ledger ? "the ledger" : "the lake") + " alone is brought back from "
                + from.folder().getFileName());
        judge.harmed(Harm.APART);
    }

    private void bringBackBoth(Disaster disaster) throws IOException {
        Kept from = backup;
        if (from == null) {
            return;
        }
        boolean before = judge.harm == Harm.NONE;
        Outcome done = judge.run(disaster, "restore", from.folder().toString(), "--replace");
        for (int i = 0; i < 2 && done.exit() != 0; i++) {
            if (before && !done.happened()) {
                judge.expect(done, 0);
            }
            done = judge.run(Disaster.NONE, "restore", from.folder().toString(), "--replace");
        }
        if (done.exit() != 0) {
            throw HistoryJudge.failed("a backup that was whole can't be brought back: " + done.text());
        }
        place.tidy();
        judge.expectation = from.expectation().copy();
        judge.harm = Harm.NONE;
        judge.check(Set.of(), Set.of(), done);
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
        judge.note(HistoryFolder.masked(name) + " is " + what);
        boolean unseen = name.startsWith("lake/staging/");
        if (!unseen) {
            judge.harmed(Harm.DAMAGE);
        } else if (judge.harm == Harm.NONE) {
            judge.harmed(Harm.STAGED);
        }
    }

    private void world() {
        LocalDate day = days.get(random.nextInt(days.size()));
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                source.revise(day);
                judge.note("the service corrects " + day);
            }
            case 2 -> {
                source.pending(day, !source.isPending(day));
                judge.note(day + (source.isPending(day) ? " waits" : " is ready"));
            }
            case 3 -> {
                place.itIs(place.now().plus(Disaster.STEP));
                judge.note("the clock is set ahead");
            }
            default -> {
                place.itIs(place.now().minus(Disaster.STEP));
                judge.note("the clock is set back");
            }
        }
    }

    /// The audit finds what is wrong, and a backup is the way out; or nothing is wrong.
    private void verify() throws IOException {
        if (!Files.exists(place.ledger()) && !Files.exists(place.lake())) {
            judge.harm = Harm.NONE;
            return;
        }
        Outcome audit = judge.run(Disaster.NONE, "audit");
        if (audit.exit() == 0) {
            List<String> wrong = judge.look(Set.of(), Set.of());
            if (!wrong.isEmpty()) {
                throw HistoryJudge.failed("the audit says that it adds up, but " + wrong);
            }
            judge.harm = Harm.NONE;
            return;
        }
        if (judge.harm == Harm.NONE) {
            throw HistoryJudge.failed("nothing is wrong, but the audit says " + audit.text());
        }
        if (audit.exit() != 1 && audit.exit() != 2) {
            throw HistoryJudge.failed("the audit ended with " + audit.exit() + ": " + audit.text());
        }
        if (judge.harm == Harm.STAGED) {
            sync(true, Disaster.NONE);
        } else if (backup == null) {
            judge.note("found, and there is no backup");
            over = true;
        } else {
            bringBackBoth(Disaster.NONE);
        }
    }

    private Disaster disaster(int percent) {
        return Disaster.draw(random, percent);
    }

    @Override
    public void close() {
        source.close();
    }
}
