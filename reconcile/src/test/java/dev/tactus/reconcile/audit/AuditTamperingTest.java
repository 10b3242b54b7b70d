package dev.tactus.reconcile.audit;

import static dev.tactus.reconcile.ReconcileFixture.OCTOBER;
import static dev.tactus.reconcile.ReconcileFixture.october;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.LakeTable;
import dev.tactus.lake.table.TablePart;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.publications.PublishedFile;
import dev.tactus.ledger.royalty.Report;
import dev.tactus.ledger.royalty.ReportCounts;
import dev.tactus.ledger.royalty.ReportState;
import dev.tactus.ledger.royalty.ReportTotal;
import dev.tactus.ledger.runs.Run;
import dev.tactus.reconcile.Period;
import dev.tactus.reconcile.ReconcileFixture;
import dev.tactus.reconcile.close.CloseOutcome;
import dev.tactus.reconcile.close.PeriodCloser;
import dev.tactus.reconcile.manifest.CanonicalJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whoever changes a byte or a value behind the program's back is found.
class AuditTamperingTest {
    @TempDir
    private static Path shared;

    private static Path pristine;
    private static Path folder;
    private static String run = "";

    private ReconcileFixture books;

    /// What is tampered with is made once and put back for each test.
    @BeforeAll
    static void make() throws IOException {
        folder = shared.resolve("books");
        pristine = shared.resolve("pristine");
        Files.createDirectory(folder);
        try (ReconcileFixture books = new ReconcileFixture(folder).catalog(3)) {
            run = books.run(october(1), october(1))
                    .landed(0, october(1), "DE", 100)
                    .failed(1, october(1), "FR")
                    .publish();
            long snapshot = books.lake.landed(publication(books)).getFirst().snapshotId();
            books.ledger
                    .publications()
                    .files(
                            publication(books),
                            books.lake.table(LakeTable.DAILY_STREAMS).snapshot(snapshot).addedDigests().stream()
                                    .map(f -> new PublishedFile(
                                            LakeTable.DAILY_STREAMS.label(), f.path(), f.bytes(), f.sha256()))
                                    .toList());
            books.sold("r1", 0, "DE", 101).sold("r1", 2, "FR", 7).imported();
            note(books, "r1", 2, "1");
            close(books, OCTOBER, "Ada");
            closer(books).reopen("spotify", OCTOBER, "Grace", "to look again");
            close(books, OCTOBER, "Ada");
        }
        copy(folder, pristine);
    }

    private static void note(ReconcileFixture books, String id, long rows, String sum) {
        books.ledger
                .reports()
                .begin(new Report(
                        id,
                        "0".repeat(64),
                        100,
                        id + ".csv",
                        "layout",
                        "0".repeat(64),
                        "sender",
                        List.of("Spotify"),
                        "",
                        Optional.of(october(1)),
                        Optional.of(october(31)),
                        new ReportCounts(rows, rows, 0, 0),
                        List.of(new ReportTotal("EUR", rows, 0, new BigDecimal(sum), new BigDecimal(sum))),
                        List.of(),
                        List.of(),
                        ReportState.IMPORTING,
                        Optional.empty(),
                        Optional.empty(),
                        id,
                        ReconcileFixture.NOW));
        books.ledger.reports().imported(id, "Ada", "");
    }

    @ParameterizedTest
    @CsvSource({
        "'UPDATE report SET rows_landed = 1, rows_read = 1', the rows in sales",
        "'UPDATE report SET rows_deducted = 1, rows_read = rows_read + 1', the rows in deductions",
        "UPDATE report_total SET landed = 1.5, the sum in EUR",
        "UPDATE report_total SET rows = 3, the rows with an amount",
        "UPDATE report SET state = upper('voided'), the rows in sales"
    })
    void findsSalesThatAreNotWhatTheImportNoted(String change, String what) throws SQLException {
        sql(change);

        assertThat(audit().all(AuditTamperingTest::derived))
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class, d -> assertThat(d.what()).contains(what));
    }

    @Test
    void findsSalesOfAReportThatTheLedgerDoesNotKnow() {
        books.sold("r1", 0, "DE", 101)
                .sold("r1", 2, "FR", 7)
                .sold("r7", 1, "DE", 3)
                .imported();

        assertThat(audit().all(AuditTamperingTest::derived)).isInstanceOfSatisfying(AuditVerdict.Differs.class, d -> {
            assertThat(d.where()).isEqualTo("report r7");
            assertThat(d.what()).contains("the ledger does not know it");
        });
    }

    @BeforeEach
    void putBack() throws IOException {
        delete(folder);
        copy(pristine, folder);
        books = new ReconcileFixture(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @AfterEach
    void closeBooks() {
        books.close();
    }

    @Test
    void addsUpWhileNobodyTouchesAnything() {
        assertThat(period()).isInstanceOf(AuditVerdict.AddsUp.class);
        AuditVerdict all = audit().all(AuditTamperingTest::derived);
        assertThat(all).as(all.toString()).isInstanceOfSatisfying(AuditVerdict.AddsUp.class, sound -> {
            assertThat(sound.unfinished()).isEmpty();
            assertThat(sound.lookedAt())
                    .contains("1 ledger", "data files", "snapshots", "1 runs", "1 closes", "1 answers", "1 counts");
        });
    }

    private static Optional<Map<PayloadReader.RowKey, String>> derived(PayloadReader.KeptPayload payload) {
        String isrc = ReconcileFixture.isrc(0).value();
        return Optional.of(Map.of(new PayloadReader.RowKey(isrc, "t" + isrc, "DE"), "100"));
    }

    @Test
    void namesARunThatIsNotFinishedAndIsContent() {
        Run open = books.run(october(5), october(5)).start();

        assertThat(audit().all(AuditTamperingTest::derived))
                .isInstanceOfSatisfying(
                        AuditVerdict.AddsUp.class,
                        sound -> assertThat(sound.unfinished())
                                .singleElement()
                                .asString()
                                .contains(open.id(), "running"));
    }

    @Test
    void findsRowsThatNoLedgerKnows() throws SQLException {
        sql("PRAGMA foreign_keys = OFF", "UPDATE run SET id = 'another' WHERE id = '" + run + "'");

        assertThat(audit().all(AuditTamperingTest::derived))
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class,
                        d -> assertThat(d.what()).contains(run, "which the ledger does not know"));
    }

    @Test
    void findsCountsThatAreNotInTheirAnswer() {
        assertThat(audit().all(payload -> Optional.of(Map.of())))
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class,
                        d -> assertThat(d.what()).contains("it has nothing of", "and the lake has a row"));
        assertThat(audit().all(payload -> derived(payload).map(counts -> {
                    Map<PayloadReader.RowKey, String> other = new HashMap<>(counts);
                    other.replaceAll((key, count) -> "101");
                    return other;
                })))
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class, d -> assertThat(d.what()).contains("should be 101 but is 100"));
        assertThat(audit().all(payload -> Optional.empty()))
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class,
                        d -> assertThat(d.what()).contains("no source of the configuration any more"));
    }

    @Test
    void findsADamagedLedger() throws IOException {
        books.ledger.close();
        Path file = folder.resolve("ledger.db");
        byte[] bytes = Files.readAllBytes(file);
        int size = (bytes[16] & 0xff) << 8 | (bytes[17] & 0xff);
        // the kind of the page that a reopening's record stands on
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("to look again") / size * size;
        bytes[at] = 0x5a;
        Files.write(file, bytes);
        Ledger damaged = Ledger.open(file, InstantSource.fixed(ReconcileFixture.NOW));

        assertThat(new Audit(damaged, books.lake, books.services, 128).all(AuditTamperingTest::derived))
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class, d -> assertThat(d.where()).isEqualTo("the ledger"));
        damaged.close();
    }

    @Test
    void findsAChangedByteInAnyDataFile() throws IOException {
        List<FileDigest> files = new ArrayList<>();
        books.lake
                .tagged("close-0003-spotify-2026-10")
                .forEach((table, snapshot) ->
                        files.addAll(books.lake.table(table).snapshot(snapshot).digests(TablePart.all(table))));
        assertThat(files).extracting(FileDigest::table).contains(LakeTable.DAILY_STREAMS, LakeTable.SALES);
        Random random = new Random(7);
        for (FileDigest file : files) {
            Path path = books.lake.folder().resolve(file.path());
            byte[] bytes = Files.readAllBytes(path);
            byte[] changed = bytes.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, changed);
            assertThat(period())
                    .isInstanceOfSatisfying(
                            AuditVerdict.Differs.class,
                            d -> assertThat(d.where()).isEqualTo(file.path()));
            Files.write(path, bytes);
        }
        assertThat(period()).isInstanceOf(AuditVerdict.AddsUp.class);
    }

    @Test
    void findsADataFileThatIsGone() throws IOException {
        FileDigest file = books.lake
                .table(LakeTable.SALES)
                .snapshot(Objects.requireNonNull(
                        books.lake.tagged("close-0003-spotify-2026-10").get(LakeTable.SALES)))
                .digests(TablePart.all(LakeTable.SALES))
                .getFirst();
        Files.delete(books.lake.folder().resolve(file.path()));
        assertThat(period())
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class, d -> assertThat(d.what()).contains("missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-spotify-2026-10", "0002-spotify-2026-10-reopened", "0003-spotify-2026-10"})
    void findsAChangedByteInAnyManifest(String id) throws IOException {
        Path manifest = books.lake.folder().resolve("closes/" + id + ".json");
        byte[] bytes = Files.readAllBytes(manifest);
        for (int at = 0; at < bytes.length; at += 1 + bytes.length / 23) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(manifest, changed);
            assertThat(period())
                    .isInstanceOfSatisfying(
                            AuditVerdict.Differs.class,
                            d -> assertThat(d.where()).contains(id));
        }
        Files.delete(manifest);
        assertThat(period()).isInstanceOf(AuditVerdict.Differs.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "by = 'Eve' WHERE number = 1",
                "by = 'Eve' WHERE number = 3",
                "reason = NULL WHERE number = 3",
                "reason = 'another' WHERE number = 2",
                "id = '0001-spotify-2026-11' WHERE number = 1",
                "source = 'deezer' WHERE number = 1",
                "from_day = '2026-09-30' WHERE number = 1",
                "to_day = '2026-10-30' WHERE number = 3",
                "at = at + 1 WHERE number = 2",
                "manifest = 'closes/0001-spotify-2026-10.json' WHERE number = 3",
                "manifest_sha256 = 'ab' WHERE number = 3",
                "previous_sha256 = 'ab' WHERE number = 2",
                "reopens = NULL WHERE number = 2",
                "reopens = 3 WHERE number = 2",
                "number = 4 WHERE number = 3",
            })
    void findsAChangedValueInTheLedgersRecord(String change) throws SQLException {
        sql("UPDATE period_record SET " + change);
        assertThat(period()).as(change).isInstanceOf(AuditVerdict.Differs.class);
    }

    /// A manifest and the ledger's record of its digest, both changed so that they fit: what the manifest says is
    /// compared with the lake all the same.
    @ParameterizedTest
    @CsvSource({
        "/tables/0/snapshot_id, 1, the tag close-0003-spotify-2026-10",
        "/tables/0/files/0/sha256, ab, .parquet",
        "/csv/sha256, ab, 'csv'",
        "/csv/rows, 9, 'csv'",
        "/adjustments_csv/sha256, ab, adjustments_csv",
        "/totals/rows, 9, totals",
        "/totals/payable_count, 9, totals",
        "/totals/left_out, , what was left out",
        "/rules/tolerance.absolute, 50, 0003-spotify-2026-10",
        "/reconciliation_id, another, 0003-spotify-2026-10"
    })
    void findsWhatAManifestNoLongerSaysOfTheLake(String pointer, @Nullable String value, String where)
            throws IOException, SQLException {
        Path file = books.lake.folder().resolve("closes/0003-spotify-2026-10.json");
        JsonMapper mapper = new JsonMapper();
        JsonNode json = mapper.readTree(Files.readAllBytes(file));
        int last = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) json.at(pointer.substring(0, last));
        String field = pointer.substring(last + 1);
        if (value == null) {
            parent.putArray(field).addObject().put("reason", "no_isrc").put("quantity", 5);
        } else if (parent.get(field).isNumber()) {
            parent.put(field, Long.parseLong(value));
        } else {
            parent.put(field, value);
        }
        CanonicalJson changed =
                CanonicalJson.of(mapper.convertValue(json, new TypeReference<Map<String, Object>>() {}));
        Files.write(file, changed.bytes());
        sql("UPDATE period_record SET manifest_sha256 = '" + changed.sha256() + "' WHERE number = 3");

        assertThat(period())
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class, d -> assertThat(d.where()).contains(where));
    }

    @Test
    void findsARecordThatWasTakenOut() throws SQLException {
        sql("UPDATE period_record SET reopens = NULL WHERE number = 2", "DELETE FROM period_record WHERE number = 1");
        assertThat(period()).isInstanceOf(AuditVerdict.Differs.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE item SET rows = rows + 1",
                "UPDATE slice SET planned = planned + 1",
                "DELETE FROM item WHERE rows = 0",
                "UPDATE published_table SET rows = rows + 1",
                "UPDATE published_table SET snapshot_id = snapshot_id + 1",
                "DELETE FROM published_table",
                "UPDATE published_file SET sha256 = 'ab'",
                "UPDATE publication SET completed_at = NULL"
            })
    void findsARunsAccountThatIsNoLongerTrue(String change) throws SQLException {
        Run found = books.ledger.runs().find(run).orElseThrow();
        assertThat(audit().run(found)).isInstanceOf(AuditVerdict.AddsUp.class);
        sql(change);
        assertThat(audit().run(found)).as(change).isInstanceOf(AuditVerdict.Differs.class);
    }

    @Test
    void findsAChangedByteInARunsFiles() throws IOException {
        PublishedFile file =
                books.ledger.publications().files(publication(books)).getFirst();
        Path path = books.lake.folder().resolve(file.path());
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length / 2] ^= 4;
        Files.write(path, bytes);
        Run found = books.ledger.runs().find(run).orElseThrow();
        assertThat(audit().run(found))
                .isInstanceOfSatisfying(
                        AuditVerdict.Differs.class, d -> assertThat(d.where()).isEqualTo(file.path()));
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.executeUpdate(one);
            }
        }
    }

    private static void close(ReconcileFixture books, Period period, String by) {
        assertThat(closer(books).close("spotify", period, by, Optional.of("so be it")))
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
                128);
    }

    private AuditVerdict period() {
        return audit().period(OCTOBER, Optional.empty());
    }

    private Audit audit() {
        return new Audit(books.ledger, books.lake, books.services, 128);
    }

    private static String publication(ReconcileFixture books) {
        return books.ledger.publications().list(run).getFirst().id();
    }
}
