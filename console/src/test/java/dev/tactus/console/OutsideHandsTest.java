package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody, or a disk, has changed behind the program's back, where every file is sound by itself.
class OutsideHandsTest {
    private static final String UNKNOWN = "USABC2600009";

    @TempDir
    private Path folder;

    private StatementsFolder books = new StatementsFolder(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        books = StatementsFolder.in(folder);
        books.imports("2026-01", 100, 50);
        books.run(0, "reconcile", "--period", "2026-01");
        books.run(0, "audit");
    }

    private void ledger(String sql) throws SQLException {
        try (Connection session = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = session.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    @Test
    void aMatchThatIsNotWhatWasDecidedIsFound() throws IOException, SQLException {
        Path report = books.statement("unknown", "2026-02", 7, 9, "0.01");
        Files.writeString(report, Files.readString(report).replace(StatementsFolder.TWO, UNKNOWN));
        books.run(0, "reports", "import", report.toString());
        Path sheet = Files.writeString(
                folder.resolve("match.csv"), "usage_key,match_isrc\n" + UNKNOWN + "," + StatementsFolder.ONE + "\n");
        books.run(0, "reports", "match", sheet.toString(), "--by", "Ada");
        books.run(0, "audit");

        ledger("UPDATE usage_match SET isrc = '" + StatementsFolder.TWO + "'");

        assertThat(books.run(1, "audit").out())
                .contains("the match of " + UNKNOWN)
                .contains("the lake says " + StatementsFolder.ONE + " by Ada, and the ledger " + StatementsFolder.TWO
                        + " by Ada");
        Path later = books.statement("later", "2026-03", 7, 9, "0.01");
        assertThat(books.run(1, "reports", "import", later.toString()).err())
                .as("nothing is computed with it")
                .contains("the match of a usage was changed or taken away in the ledger behind our back", "Ada");
        ledger("UPDATE bond SET sealed = NULL");
        assertThat(books.run(1, "reports", "import", later.toString()).err())
                .as("nor where a command was cut off")
                .contains("the match of " + UNKNOWN + " is not what was decided");
    }

    @Test
    void aMeaningThatIsNotWhatWasDecidedIsFound() throws SQLException, IOException {
        books.run(0, "reports", "decide", "territory", "BRD", "Germany", "--by", "Ada");
        books.imports("2026-02", 1, 1);
        books.run(0, "audit");

        ledger("UPDATE report_decision SET by = 'Eve'");

        assertThat(books.run(1, "audit").out()).contains("the meaning of territory \"BRD\"");
    }

    @Test
    void aPartOfTheJournalThatIsDamagedIsFoundAndWrittenAnew() throws IOException {
        Path book = folder.resolve("lake/journal/book.journal.gz");
        byte[] bytes = Files.readAllBytes(book);
        Files.write(book, new byte[] {10}, StandardOpenOption.APPEND);
        assertThat(books.run(1, "audit").out()).as("a byte behind its end").contains("the journal", "is damaged");
        bytes[bytes.length / 2] ^= 1;
        Files.write(book, bytes);

        assertThat(books.run(1, "audit").out())
                .contains("the journal")
                .contains(book.getFileName().toString())
                .contains("Delete that file");

        Files.delete(book);
        books.imports("2026-02", 1, 1);
        assertThat(books.run(0, "audit").out()).contains("the journal: each part is read to its end");
    }

    @Test
    void aJournalThatIsMissingIsFound() throws IOException {
        Files.delete(folder.resolve("lake/journal/book.journal.gz"));

        assertThat(books.run(1, "audit").out()).contains("the journal", "it is missing");

        books.imports("2026-02", 1, 1);
        books.run(0, "audit");
    }

    @Test
    void aDecisionOnAVarianceThatIsNotWhatWasDecidedIsFound() throws SQLException {
        dispute();
        books.run(0, "audit");

        ledger("UPDATE variance_decision SET verdict = 'accepted'");

        assertThat(books.run(1, "audit").out())
                .contains("a decision on a variance was changed or taken away", "disputed", "Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE report SET sender = 'Somebody else'",
                "UPDATE report SET services = 'deezer' || char(10)",
                "UPDATE report SET name = 'other.tsv'",
                "UPDATE report SET sha256 = replace(sha256, 'a', 'b')",
                "UPDATE report SET usage_end = '2026-01-30'",
                "UPDATE report SET at = at - 1000000",
                "UPDATE report_total SET reported = '1.49', rounded = 1",
                "UPDATE report_event SET by = 'Eve'",
                "DELETE FROM report_event"
            })
    void whatTheLedgerSaysOfAReportIsWhatTheImportNoted(String change) throws SQLException, IOException {
        ledger(change);

        assertThat(books.run(1, "audit").out())
                .contains("what the ledger says of a report was changed or taken away", "tactus ledger rebuild");
        assertThat(books.run(
                                1,
                                "reports",
                                "import",
                                books.statement("later", "2026-02", 7, 9, "0.01")
                                        .toString())
                        .err())
                .as("it is not noted as if it had always been so")
                .contains("was changed or taken away", "Nothing was touched");

        books.run(0, "ledger", "rebuild");
        books.run(0, "audit");
        books.imports("2026-02", 1, 1);
        books.run(0, "audit");
    }

    /// Whatever was put into the ledger, changed in it or taken from it behind the program's back.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO usage_match (usage_key, isrc, by, at) VALUES ('USABC2600009', 'GBNTT0565368', 'Eve', 1)",
                "INSERT INTO report_decision (subject, sender, text, meaning, by, at)"
                        + " VALUES ('territory', '', 'BRD', 'Germany', 'Eve', 1)",
                "INSERT INTO variance_decision (id, source, from_day, to_day, isrc, territory, usage_type, verdict,"
                        + " revenues, comment, by, at) VALUES ('v', 'spotify', '2026-01-01', '2026-01-31',"
                        + " 'GBNTT0565368', 'DE', 'stream', 'accepted', '', '', 'Eve', 1)",
                "INSERT INTO report_event (report, what, by, reason, at)"
                        + " SELECT id, 'accepted', 'Eve', '', 1 FROM report",
                "UPDATE recording SET title = 'Other' WHERE isrc = 'GBNTT0565368'",
                "DELETE FROM recording WHERE isrc = 'QZC9V0022017'",
                "UPDATE catalog SET hash = 'x'",
                "INSERT INTO source_calls (source, day, calls) VALUES ('spotify', '2026-01-01', 1)",
                "INSERT INTO limit_state (source, scope, state) VALUES ('spotify', 'token', 'x')"
            })
    void anotherHandInTheLedgerIsFoundAndMended(String change) throws SQLException, IOException {
        ledger(change);

        assertThat(books.run(1, "audit").out())
                .contains("behind our back", "tactus ledger rebuild")
                .doesNotContain("unexpected");

        books.run(0, "ledger", "rebuild");
        books.run(0, "audit");
    }

    /// Pages that a command does not read are damaged all the same, and everything later is copied from them.
    @Test
    void noCommandThatWritesGoesOnFromDamagedPages() throws IOException, SQLException {
        Path file = folder.resolve("ledger.db");
        int page;
        try (Connection session = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = session.createStatement()) {
            statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)").close();
            try (ResultSet row = statement.executeQuery("SELECT rootpage FROM sqlite_master WHERE name = 'run_page'")) {
                page = row.getInt(1);
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        byte[] damaged = bytes.clone();
        Arrays.fill(damaged, (page - 1) * 4096, page * 4096, (byte) 0x5a);
        for (List<String> command : List.of(
                List.of("close", "--period", "2026-01", "--by", "Ada"),
                List.of(
                        "reports",
                        "import",
                        books.statement("later", "2026-02", 7, 9, "0.01").toString()),
                List.of("lake", "maintain"))) {
            Files.write(file, damaged);

            assertThat(books.run(1, command.toArray(String[]::new)).err())
                    .contains("ledger " + file + " is damaged", "tactus ledger rebuild", "Nothing was touched")
                    .doesNotContain("new file");
        }
        books.run(0, "ledger", "rebuild");
        books.run(0, "audit");
        books.run(0, "close", "--period", "2026-01", "--by", "Ada");
    }

    /// What the journal can't tell is said, not passed over.
    @Test
    void anAuditSaysWhatItDoesNotCompare() throws SQLException {
        assertThat(books.run(0, "audit").out())
                .contains("not compared, since the journal has none of them: rows of alert, bond")
                .doesNotContain("has no seal");

        ledger("UPDATE bond SET sealed = NULL");

        assertThat(books.run(0, "audit").out()).contains("the ledger has no seal");
    }

    @Test
    void anEmptiedCatalogIsToldAndStaysAsItIs() throws IOException {
        Path catalog = folder.resolve("lake/catalog.db");
        Files.write(catalog, new byte[0]);
        Files.deleteIfExists(folder.resolve("lake/catalog.db-wal"));
        Path later = books.statement("later", "2026-02", 7, 9, "0.01");
        for (List<String> command : List.of(
                List.of("audit"), List.of("reports", "import", later.toString()), List.of("query", "SELECT 1"))) {
            assertThat(books.run(2, command.toArray(String[]::new)).err())
                    .contains("the catalog " + catalog + " of the lake is empty", "tactus restore DIR --replace");
        }
        assertThat(catalog).isEmptyFile();
    }

    @Test
    void aRowIsSaidByTheNamesOfItsColumns() throws SQLException {
        ledger("UPDATE report_event SET by = 'Eve'");

        assertThat(books.run(1, "audit").out())
                .contains("the journal says ", "report ", ", what ", ", at ")
                .doesNotContain("\\N", "\t");
    }

    @Test
    void aLostLedgerIsNotSaidToBeYetToMake() throws IOException {
        Files.move(folder.resolve("ledger.db"), folder.resolve("lost.db"));
        Files.deleteIfExists(folder.resolve("ledger.db-wal"));

        for (List<String> command : List.of(List.of("audit"), List.of("reports", "list"))) {
            assertThat(books.run(2, command.toArray(String[]::new)).err())
                    .contains("there is no ledger", "tactus ledger rebuild")
                    .doesNotContain("tactus sync");
        }
    }

    @Test
    void aCopyForPeopleThatWasChangedIsFound() throws IOException {
        books.run(0, "close", "--period", "2026-01", "--by", "Ada");
        assertThat(books.run(0, "audit", "--period", "2026-01").out()).contains("the copy for people is the same");
        Path copy = folder.resolve("reconciled/spotify-2026-01.csv");
        byte[] bytes = Files.readAllBytes(copy);
        Files.writeString(copy, Files.readString(copy).replace("100", "900"));

        for (List<String> audit : List.of(List.of("audit"), List.of("audit", "--period", "2026-01"))) {
            assertThat(books.run(1, audit.toArray(String[]::new)).out())
                    .contains("first difference at " + copy, "for people");
        }

        Files.delete(copy);
        assertThat(books.run(0, "audit", "--period", "2026-01").out()).contains("no longer at " + copy);
        Files.write(copy, bytes);
        books.run(0, "audit");
    }

    @Test
    void aDecisionThatNobodyMadeIsNotGoneOnFrom() throws SQLException {
        ledger("INSERT INTO usage_match (usage_key, isrc, by, at) VALUES ('USABC2600009', 'GBNTT0565368', 'Eve', 1)");

        CommandResult refused = books.run(1, "reports", "decide", "territory", "BRD", "Germany", "--by", "Ada");

        assertThat(refused.err())
                .contains("the match of a usage was put into the ledger behind our back", "Eve", "Nothing was touched");
        assertThat(books.run(1, "reconcile", "--period", "2026-01").err()).contains("behind our back");
    }

    @Test
    void aLedgerThatNoLongerSaysWhoseItIsIsMadeAnew() throws SQLException {
        ledger("DELETE FROM bond");

        for (List<String> command : List.of(
                List.of("audit"),
                List.of("reports", "list"),
                List.of("reconcile", "--period", "2026-01"),
                List.of("today"))) {
            assertThat(books.run(1, command.toArray(String[]::new)).err())
                    .contains("no longer says which lake it belongs to", "tactus ledger rebuild")
                    .doesNotContain("unexpected");
        }
        books.run(0, "ledger", "rebuild");
        books.run(0, "audit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services = 'Spotify'",
                "state = 'LOST'",
                "usage_start = 'yesterday'",
                "rows_read = 77",
                "usage_end = NULL",
                "services = char(92) || char(10)"
            })
    void aValueInALedgerThatCanNotBeIsToldAsDamage(String change) throws SQLException {
        ledger("UPDATE report SET " + change);

        for (List<String> command : List.of(List.of("audit"), List.of("reports", "list"), List.of("today"))) {
            CommandResult ended = books.run(1, command.toArray(String[]::new));
            assertThat(ended.out() + ended.err())
                    .contains("holds a value that can't be, in the table report")
                    .contains("backup")
                    .doesNotContain("unexpected", "enum constant");
        }
    }

    /// The ledger knows what the older lake does not: made anew from it, closed months would be open again.
    @Test
    void aLedgerIsNotMadeAnewFromALakeThatIsOlder() throws IOException {
        Path older = folder.resolve("older");
        try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        older.resolve(folder.resolve("lake").relativize(file).toString()));
            }
        }
        books.run(0, "close", "--period", "2026-01", "--by", "Ada");
        Files.move(folder.resolve("lake"), folder.resolve("newer"));
        Files.move(older, folder.resolve("lake"));

        CommandResult refused = books.run(2, "ledger", "rebuild");

        assertThat(refused.err())
                .contains("is older than the ledger")
                .contains("1 close or reopening among them")
                .contains("tactus restore");
        Files.move(folder.resolve("lake"), older);
        Files.move(folder.resolve("newer"), folder.resolve("lake"));
        assertThat(books.run(0, "periods", "list").out()).contains("2026-01");
        assertThat(List.of(books.run(0, "audit").exit())).containsExactly(0);
    }

    /// Each of the two has closed the month by itself since one backup: neither holds the other's close.
    @Test
    void aLedgerIsNotMadeAnewFromALakeThatWentOnApart() throws IOException {
        copy("lake", "before");
        copyLedger("ledger.db", "before.db");
        books.run(0, "close", "--period", "2026-01", "--by", "Ada");
        copy("lake", "ours");
        copyLedger("ledger.db", "ours.db");
        replaceLake("before");
        copyLedger("before.db", "ledger.db");
        books.run(0, "close", "--period", "2026-01", "--by", "Eve");
        copyLedger("ours.db", "ledger.db");

        CommandResult refused = books.run(2, "ledger", "rebuild");

        assertThat(refused.err())
                .contains("went on apart from one another: of the closes and reports that the ledger knows, the lake"
                        + " lacks ")
                .contains("nothing was touched")
                .contains("tactus restore DIR --replace");
        replaceLake("ours");
        assertThat(books.run(0, "periods", "list").out()).contains("Ada");
        assertThat(List.of(books.run(0, "audit").exit())).containsExactly(0);
    }

    private void replaceLake(String with) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        copy(with, "lake");
    }

    private void copy(String from, String to) throws IOException {
        Path source = folder.resolve(from);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, folder.resolve(to).resolve(source.relativize(file).toString()));
            }
        }
    }

    private void copyLedger(String from, String to) throws IOException {
        for (String ending : List.of("", "-wal")) {
            Path part = folder.resolve(from + ending);
            Files.deleteIfExists(folder.resolve(to + ending));
            if (Files.exists(part)) {
                Files.copy(part, folder.resolve(to + ending));
            }
        }
        Files.deleteIfExists(folder.resolve(to + "-shm"));
    }

    /// Each has counted one change since they were one pair, and not the same.
    @Test
    void aLedgerAndALakeThatWentOnApartAreRefusedHoweverFarTheyCameEach() throws IOException {
        copy("lake", "lake-then");
        copyLedger("ledger.db", "ledger-then");
        books.imports("2026-02", 5, 5);
        copyLedger("ledger.db", "ledger-here");
        Files.move(folder.resolve("lake"), folder.resolve("lake-here"));
        copy("lake-then", "lake");
        copyLedger("ledger-then", "ledger.db");
        books.imports("2026-03", 7, 7);

        copyLedger("ledger-here", "ledger.db");

        for (List<String> command : List.of(
                List.of("check"),
                List.of("audit"),
                List.of("reconcile", "--period", "2026-01"),
                List.of("close", "--period", "2026-01", "--by", "Ada"))) {
            CommandResult ended = CommandResult.of(Stream.concat(
                            command.stream(),
                            Stream.of("--config", books.config().toString()))
                    .toArray(String[]::new));
            assertThat(ended.exit()).as(command + ended.out() + ended.err()).isNotZero();
            assertThat(ended.out() + ended.err()).contains("went on apart from one another");
        }
    }

    @Test
    void aLedgerFromBeforeAReopeningOrADecisionIsRefused() throws IOException {
        books.run(0, "close", "--period", "2026-01", "--by", "Ada");
        copyLedger("ledger.db", "ledger-then");
        books.run(0, "reopen", "--period", "2026-01", "--by", "Ada", "--reason", "a look");
        copyLedger("ledger.db", "ledger-now");

        copyLedger("ledger-then", "ledger.db");

        assertThat(books.run(2, "close", "--period", "2026-01", "--by", "Ada").err())
                .contains("is older than the lake");
        copyLedger("ledger-now", "ledger.db");
        copyLedger("ledger.db", "ledger-then");
        dispute();
        copyLedger("ledger-then", "ledger.db");
        assertThat(books.run(2, "reports", "list").err()).contains("is older than the lake");
    }

    private void dispute() {
        books.run(
                0,
                "variances",
                "dispute",
                "--period",
                "2026-01",
                "--isrc",
                StatementsFolder.ONE,
                "--territory",
                "DE",
                "--by",
                "Ada",
                "--comment",
                "why");
    }
}
