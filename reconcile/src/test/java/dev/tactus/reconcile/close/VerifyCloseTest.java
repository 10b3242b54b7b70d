package dev.tactus.reconcile.close;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.isrc;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.digest.Sha256;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.audit.Audit;
import dev.tactus.reconcile.audit.AuditVerdict;
import dev.tactus.reconcile.close.PeriodCloser.Step;
import dev.tactus.reconcile.files.PeriodCsv;
import dev.tactus.reconcile.join.PeriodParts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that checks closes without this program: Python's standard library alone.
class VerifyCloseTest {
    private static final Path SCRIPT = Path.of("..", "verify", "verify_close.py");
    private static final Period NOVEMBER = Period.parse("2026-11");
    private static final String LAST = "0003-spotify-2026-10";

    @TempDir
    private static Path shared;

    private static Path lake = Path.of("");
    private static Path people = Path.of("");

    @BeforeAll
    static void make() throws IOException {
        lake = shared.resolve("lake");
        people = shared.resolve("reconciled");
        try (ReconcileFixture books = new ReconcileFixture(shared).catalog(3)) {
            books.run(october(1), october(1)).landed(0, october(1), "DE", 100).publish();
            books.sold("r1", 0, "DE", 101).sold("r1", 2, "FR", 7).imported();
            close(books);
            closer(books).reopen("spotify", OCTOBER, "Grace", "to look again");
            close(books);
            Files.createDirectories(people);
            try (var bench = books.lake.workbench(128);
                    OutputStream out = Files.newOutputStream(people.resolve("spotify-2026-10.csv"))) {
                new PeriodCsv(bench, new PeriodParts("spotify", OCTOBER)).reconciled(out);
            }
        }
    }

    private static void close(ReconcileFixture books) {
        assertThat(closer(books).close("spotify", OCTOBER, "Ada", Optional.of("so be it")))
                .isInstanceOf(CloseOutcome.Done.class);
    }

    private static PeriodCloser closer(ReconcileFixture books) {
        return new PeriodCloser(
                        books.ledger,
                        books.lake,
                        books.services,
                        ReconcileFixture.LENIENT,
                        counts -> List.of(),
                        InstantSource.fixed(ReconcileFixture.NOW),
                        "test",
                        128)
                .withCopiesIn(people);
    }

    private record Verified(int exit, String out) {}

    private static String lastLink() throws IOException {
        return Files.readString(lake.resolve("closes/" + LAST + ".sha256")).substring(0, 64);
    }

    private static Verified verify(String... more) throws IOException {
        return verifyIn(lake, more);
    }

    private static Verified verifyIn(Path folder, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString(), folder.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verified(process.onExit().join().exitValue(), out);
    }

    @Test
    void holdsWhileNobodyTouchesAnything() throws IOException {
        Verified verified = verify();

        assertThat(verified.exit()).as(verified.out()).isZero();
        assertThat(verified.out())
                .contains("3 closes and reopenings", "108 payable in 2 rows", "the copy " + people.toAbsolutePath())
                .contains("all of it holds");
        assertThat(Files.readAllLines(SCRIPT)).hasSizeLessThanOrEqualTo(200);
    }

    /// The oldest Python that it says it runs on: its grammar, and no warning of the one that is here.
    @Test
    void isPythonOfTheVersionThatItNames() throws IOException {
        String check = """
            import ast, sys
            source = open(sys.argv[1], encoding="utf-8").read()
            tree = ast.parse(source, feature_version=(3, 9))
            compile(source, sys.argv[1], "exec")
            modules = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
            modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            assert modules == {"csv", "hashlib", "io", "json", "os", "sys", "collections", "decimal", "pathlib"}, modules
            # what came after 3.9 and the grammar does not show: methods by name
            late = {"bit_count", "pairwise", "batched", "file_digest", "removeprefix_", "aiter", "anext"}
            used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            assert not used & late, used & late
            strict = [node for node in ast.walk(tree) if isinstance(node, ast.Call)
                      and getattr(node.func, "id", "") == "zip" and node.keywords]
            assert not strict
            """;
        Process process = new ProcessBuilder("python3", "-W", "error", "-c", check, SCRIPT.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(out).isZero();
        assertThat(Files.readString(SCRIPT)).contains("Python 3.9 or later");
    }

    @Test
    void findsOneBitInEveryKindOfFile() throws IOException {
        Random random = new Random(14);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(lake)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".parquet")
                            && file.toString().matches(".*/(sales|daily_streams|reconciled)/.*"))
                    .forEach(files::add);
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        for (String kind : List.of(".json", ".csv", "-adjustments.csv", ".sha256")) {
            files.add(lake.resolve("closes/" + LAST + kind));
        }
        files.add(lake.resolve("closes/0001-spotify-2026-10.json"));
        files.add(lake.resolve("closes/0002-spotify-2026-10-reopened.json"));
        files.add(people.resolve("spotify-2026-10.csv"));
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at : new int[] {0, random.nextInt(bytes.length), bytes.length - 1}) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << random.nextInt(7));
                Files.write(file, changed);
                Verified verified = verify();
                assertThat(verified.exit())
                        .as(file + " at " + at + "\n" + verified.out())
                        .isEqualTo(1);
                assertThat(verified.out()).contains("WRONG");
            }
            Files.write(file, bytes);
        }
        assertThat(verify().exit()).isZero();
    }

    @Test
    void findsWhatIsMissingButTellsOnlyOfACopy() throws IOException {
        for (String kind : List.of(".json", ".csv", ".sha256")) {
            Path file = lake.resolve("closes/" + LAST + kind);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            assertThat(verify().exit()).as(kind).isEqualTo(1);
            Files.write(file, bytes);
        }
        Path copy = people.resolve("spotify-2026-10.csv");
        byte[] bytes = Files.readAllBytes(copy);
        Files.delete(copy);
        Verified verified = verify();
        Files.write(copy, bytes);
        assertThat(verified.exit()).isZero();
        assertThat(verified.out()).contains("note   the copy ", " is not there");
    }

    /// All that belongs to the last link, taken away together, is what only its digest can tell.
    @Test
    void theDigestThatCloseHasPrintedAnchorsTheLastLink() throws IOException {
        String digest = lastLink();
        assertThat(verify(digest).exit()).isZero();
        assertThat(verify("ab" + digest.substring(2)).exit()).isEqualTo(1);
    }

    @Test
    void ofNoCloseNothingIsProven(@TempDir Path other) throws IOException {
        Verified verified = verifyIn(other);

        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out()).contains("there is no close in").doesNotContain("all of it holds");
    }

    /// Whatever somebody has written there, a sentence says what does not hold.
    @Test
    void aManifestOfNonsenseIsToldInASentence() throws IOException {
        Path manifest = lake.resolve("closes/" + LAST + ".json");
        String content = Files.readString(manifest);
        for (String nonsense : List.of(
                content.replaceFirst("\"path\" : \"closes/[^\"]*\\.csv\"", "\"way\" : 1"),
                content.replaceFirst("\"tables\" : \\[", "\"tables\" : [7,"),
                content.replaceFirst("\"source\"", "\"source\\\\ud800\""),
                content.replaceFirst("\"number\" : 3", "\"number\" : []"),
                "[".repeat(5000),
                "7")) {
            assertThat(nonsense).isNotEqualTo(content);
            Files.writeString(manifest, nonsense);
            Verified verified = verify();
            Files.writeString(manifest, content);

            assertThat(verified.exit()).isEqualTo(1);
            assertThat(verified.out())
                    .contains("WRONG", "of it does not hold")
                    .doesNotContain("Traceback")
                    .doesNotContainPattern("Error\\b");
        }
    }

    /// No word of Python's, one line.
    @Test
    void aRetentionOfNonsenseIsToldInASentence() throws IOException {
        Path folder = Files.createDirectories(lake.resolve("retention"));
        Path record = folder.resolve("0001-payloads.json");
        for (String nonsense : List.of(
                "",
                "7",
                "[]",
                "null",
                "{\"files\": 7}",
                "{\"previous_sha256\": null, \"files\": [7]}",
                "{\"previous_sha256\": null, \"files\": [{\"path\": []}]}",
                "[".repeat(5000))) {
            Files.writeString(record, nonsense);
            Verified verified = verify();
            Files.delete(record);

            assertThat(verified.exit()).as(nonsense).isEqualTo(1);
            assertThat(verified.out())
                    .contains("WRONG  the folder retention can't be checked: it is not written as Tactus writes it")
                    .doesNotContain("Traceback")
                    .doesNotContainPattern("Error\\b");
        }
    }

    @Test
    void aRetentionWithoutItsDigestIsNotBelieved() throws IOException {
        Path folder = lake.resolve("retention");
        Files.createDirectories(folder);
        Path record = folder.resolve("0001-payloads.json");
        Files.writeString(record, "{\"previous_sha256\":null,\"files\":[]}");
        Verified verified = verify();
        Files.delete(record);

        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out()).contains("retention/0001-payloads.json: the digest should be missing");
    }

    @Test
    void aFileThatIsSaidToHaveTakenItsOwnPlaceIsMissing() throws IOException {
        Path file = anyDataFile();
        String path = lake.relativize(file).toString();
        byte[] bytes = Files.readAllBytes(file);
        Path folder = lake.resolve("retention");
        Files.createDirectories(folder);
        String digest = path.replaceAll(".*-([0-9a-f]{64})\\.parquet", "$1");
        String about = "\"path\":\"" + path + "\",\"sha256\":\"" + digest + "\",\"bytes\":" + bytes.length;
        byte[] record = ("{\"previous_sha256\":null,\"by\":\"Eve\",\"at\":\"now\",\"reason\":\"\",\"files\":[{" + about
                        + ",\"replaced_by\":{" + about + "}}]}")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("0001-payloads.json"), record);
        Files.writeString(
                folder.resolve("0001-payloads.sha256"), Sha256.of(record).hex() + "  0001-payloads.json\n");
        Files.delete(file);
        Verified verified = verify();
        Files.write(file, bytes);
        Files.delete(folder.resolve("0001-payloads.json"));
        Files.delete(folder.resolve("0001-payloads.sha256"));

        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.out())
                .contains("let go by Eve", "but is ('missing', 'missing')")
                .doesNotContain("Traceback", "Recursion");
    }

    /// An invented record for a deleted file, all digests right: no close names it, nor has anybody kept its digest.
    @Test
    void aRetentionThatNoCloseNamesIsNotBelieved() throws IOException {
        Path file = anyDataFile();
        byte[] bytes = Files.readAllBytes(file);
        byte[] other = "nothing of value".getBytes(StandardCharsets.UTF_8);
        Path folder = Files.createDirectories(lake.resolve("retention"));
        Path invented = folder.resolve("invented");
        String path = lake.relativize(file).toString();
        byte[] record =
                ("{\"previous_sha256\":null,\"by\":\"Eve\",\"at\":\"now\",\"reason\":\"\",\"files\":[{\"path\":\""
                                + path + "\",\"sha256\":\"" + Sha256.of(bytes).hex() + "\",\"bytes\":" + bytes.length
                                + ",\"replaced_by\":{\"path\":\"retention/invented\",\"sha256\":\""
                                + Sha256.of(other).hex() + "\",\"bytes\":" + other.length + "}}]}")
                        .getBytes(StandardCharsets.UTF_8);
        String head = Sha256.of(record).hex();
        Files.write(invented, other);
        Files.write(folder.resolve("0001-payloads.json"), record);
        Files.writeString(folder.resolve("0001-payloads.sha256"), head + "  0001-payloads.json\n");
        Files.delete(file);
        Verified alone = verify();
        Verified verified = verify(lastLink());
        Verified kept = verify(lastLink(), "--retention", head);
        Verified another = verify("--retention", "ab".repeat(32));
        Files.write(file, bytes);
        for (String name : List.of("invented", "0001-payloads.json", "0001-payloads.sha256")) {
            Files.delete(folder.resolve(name));
        }

        assertThat(alone.exit()).as("the folder agrees with itself").isZero();
        assertThat(alone.out()).contains("not proven: 1 files let go").doesNotContain("all of it holds");
        assertThat(verified.exit()).as(verified.out()).isEqualTo(1);
        assertThat(verified.out())
                .contains("not proven: 1 files let go after the last close", "0 of 1 retentions", head)
                .doesNotContain("WRONG", "all of it holds");
        assertThat(kept.exit()).as(kept.out()).isZero();
        assertThat(another.exit()).isEqualTo(1);
        assertThat(another.out()).contains("--retention: the retention that it names, abab");
    }

    private static Path anyDataFile() throws IOException {
        try (Stream<Path> all = Files.walk(lake)) {
            return all.filter(file -> file.toString().matches(".*/reconciled/.*\\.parquet"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /// A manifest that was never recorded, because the command was killed, is no link of the chain.
    @Test
    void whatAKilledCloseLeftIsTakenAwayByTheNext(@TempDir Path other) throws IOException {
        try (ReconcileFixture books = new ReconcileFixture(other).catalog(3)) {
            books.sold("r1", 0, "DE", 101).imported();
            Path draft = other.resolve("lake/closes/0001-deezer-2026-09.json");
            Files.createDirectories(draft.getParent());
            Files.writeString(draft, "{}");
            close(books);
            assertThat(draft).doesNotExist();
            assertThat(other.resolve("lake/closes/0001-spotify-2026-10.csv")).exists();
        }
    }

    /// The manifest stands there, and the ledger does not know it: neither a close nor a broken chain.
    @Test
    void whatWasCutOffBeforeItWasRecordedIsNoClose(@TempDir Path other) throws IOException {
        try (ReconcileFixture books = new ReconcileFixture(other).catalog(3)) {
            closedNovember(books);
            assertThatThrownBy(() -> killed(books, Step.MANIFEST_WRITTEN)
                            .close("spotify", OCTOBER, "Ada", Optional.of("so be it")))
                    .hasMessage("killed");

            Verified verified = verifyIn(other.resolve("lake"));

            assertThat(verified.exit()).as(verified.out()).isZero();
            assertThat(verified.out())
                    .contains("1 closes and reopenings", "note   closes/0002-spotify-2026-10.json was cut off");
            assertThat(unfinished(books)).singleElement().asString().contains("0002-spotify-2026-10", "Repeat");

            close(books);

            assertThat(verifyIn(other.resolve("lake")).out())
                    .contains("2 closes and reopenings")
                    .doesNotContain("cut off");
            assertThat(unfinished(books)).isEmpty();
            try (Stream<Path> files = Files.list(other.resolve("lake/closes"))) {
                assertThat(files).hasSize(8);
            }
        }
    }

    /// Recorded, and killed before the folder said so: the same command again ends it.
    @Test
    void whatWasCutOffAfterItWasRecordedIsEndedByTheSameCommand(@TempDir Path other) throws IOException {
        try (ReconcileFixture books = new ReconcileFixture(other).catalog(3)) {
            closedNovember(books);
            assertThatThrownBy(() ->
                            killed(books, Step.RECORDED).close("spotify", OCTOBER, "Ada", Optional.of("so be it")))
                    .hasMessage("killed");
            assertThat(verifyIn(other.resolve("lake")).exit()).isZero();
            assertThat(unfinished(books)).singleElement().asString().contains("tactus close --period 2026-10 again");

            assertThat(closer(books).close("spotify", OCTOBER, "Ada", Optional.empty()))
                    .isInstanceOf(CloseOutcome.AlreadyClosed.class);

            assertThat(verifyIn(other.resolve("lake")).out())
                    .contains("2 closes and reopenings")
                    .doesNotContain("cut off");
            assertThat(unfinished(books)).isEmpty();
        }
    }

    /// Whoever marks an earlier close so has taken a link out of the chain.
    @Test
    void onlyTheLastOneCanHaveBeenCutOff() throws IOException {
        Path sums = lake.resolve("closes/0001-spotify-2026-10.sha256");
        Path mark = lake.resolve("closes/0001-spotify-2026-10.unrecorded");
        Files.move(sums, mark);
        Verified verified = verify();
        Files.move(mark, sums);
        assertThat(verified.exit()).isEqualTo(1);
    }

    @Test
    void anAuditNamesDigestsThatWereChangedAndClosesThatNobodyRecorded(@TempDir Path other) throws IOException {
        try (ReconcileFixture books = new ReconcileFixture(other).catalog(3)) {
            closedNovember(books);
            Path sums = other.resolve("lake/closes/0001-spotify-2026-11.sha256");
            byte[] bytes = Files.readAllBytes(sums);
            byte[] changed = bytes.clone();
            changed[70] ^= 1;
            Files.write(sums, changed);
            assertThat(audit(books))
                    .isInstanceOfSatisfying(
                            AuditVerdict.Differs.class,
                            differs -> assertThat(differs.where() + differs.what())
                                    .contains("closes/0001-spotify-2026-11.sha256", "Delete that file"));

            Files.delete(sums);
            assertThat(audit(books)).isInstanceOf(AuditVerdict.Differs.class);
            closer(books).close("spotify", NOVEMBER, "Ada", Optional.empty());
            assertThat(Files.readAllBytes(sums)).isEqualTo(bytes);
            assertThat(audit(books)).isInstanceOf(AuditVerdict.AddsUp.class);

            close(books);
            closer(books).reopen("spotify", OCTOBER, "Grace", "to look again");
            Path csv = other.resolve("lake/closes/0002-spotify-2026-10.csv");
            String rows = Files.readString(csv);
            Files.writeString(csv, rows.replace("101", "102"));
            assertThat(audit(books))
                    .as("of a close that was reopened")
                    .isInstanceOfSatisfying(
                            AuditVerdict.Differs.class,
                            differs -> assertThat(differs.where()).endsWith("0002-spotify-2026-10.csv"));
            Files.writeString(csv, rows);

            for (String stray : List.of("0001-spotify-2026-09.json", "0004-spotify-2026-09.json")) {
                Files.writeString(other.resolve("lake/closes").resolve(stray), "{}");
                assertThat(audit(books))
                        .isInstanceOfSatisfying(
                                AuditVerdict.Differs.class,
                                differs -> assertThat(differs.where()).isEqualTo("closes/" + stray));
                Files.delete(other.resolve("lake/closes").resolve(stray));
            }
        }
    }

    private static PeriodCloser killed(ReconcileFixture books, Step at) {
        return new PeriodCloser(
                books.ledger,
                books.lake,
                books.services,
                ReconcileFixture.LENIENT,
                counts -> List.of(),
                InstantSource.fixed(ReconcileFixture.NOW),
                "test",
                128,
                step -> {
                    if (step == at) {
                        throw new IllegalStateException("killed");
                    }
                });
    }

    private static void closedNovember(ReconcileFixture books) {
        books.sold("r1", 0, "DE", 101)
                .sold("r2", "Spotify", isrc(1), "DE", "stream", NOVEMBER, 60, "EUR", "1")
                .imported();
        assertThat(closer(books).close("spotify", NOVEMBER, "Ada", Optional.of("so be it")))
                .isInstanceOf(CloseOutcome.Done.class);
    }

    /// Of the period that was closed first; what lies beside it concerns everybody.
    private static AuditVerdict audit(ReconcileFixture books) {
        return new Audit(books.ledger, books.lake, books.services, 128).period(NOVEMBER, Optional.empty());
    }

    private static List<String> unfinished(ReconcileFixture books) {
        AuditVerdict verdict = audit(books);
        assertThat(verdict).isInstanceOf(AuditVerdict.AddsUp.class);
        return ((AuditVerdict.AddsUp) verdict).unfinished();
    }
}
