package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.ReportDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After every command the lake has a copy of the ledger's rows as they are: what is another afterwards, another hand
/// has changed.
class LedgerSealTest {
    private static final String FAULTS = "recordings: [{fault: other_recording, share: 20%}]";
    private static final String TOLERANT = "tolerance: {dead_letters: 100%, awaiting_report: 100%}\n";

    /// One for each table that an audit, a reconciliation or a payout rests on.
    private static final List<String> CHANGES = List.of(
            "UPDATE item SET state = 2 WHERE (slice, recording) = (SELECT slice, recording FROM item WHERE state = 1"
                    + " LIMIT 1)",
            "DELETE FROM item WHERE (slice, recording) = (SELECT slice, recording FROM item WHERE state = 3 LIMIT 1)",
            "UPDATE resolution SET track_ids = 'other' || char(10) WHERE recording = (SELECT min(recording) FROM"
                    + " resolution)",
            "UPDATE seen_track SET title = replace(title, substr(title, 1, 1), '#') WHERE recording = (SELECT"
                    + " min(recording) FROM seen_track)",
            "UPDATE run SET from_day = '2026-03-01'",
            "UPDATE run SET change = change + 1",
            "UPDATE recording SET label = 'Other' WHERE id = (SELECT min(id) FROM recording)",
            "UPDATE chunk SET sha256 = replace(sha256, 'a', 'b') WHERE number = (SELECT min(number) FROM chunk WHERE"
                    + " sha256 LIKE '%a%')",
            "UPDATE published_file SET bytes = bytes + 1 WHERE path = (SELECT min(path) FROM published_file)",
            "UPDATE published_table SET at = at + 1 WHERE lower(table_name) = 'tracks'",
            "UPDATE publication SET begun_at = begun_at + 1",
            "DELETE FROM dead_letter_dismissal",
            "UPDATE dead_letter_body SET body = x'00' WHERE payload_sha256 = (SELECT min(payload_sha256) FROM"
                    + " dead_letter_body)",
            "UPDATE slice SET planned = planned + 1 WHERE number = 1");

    @TempDir
    private Path folder;

    private Path ledger() {
        return folder.resolve("ledger.db");
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + ledger());
    }

    private static void run(SimulatedSetup setup, int exit, String... args) {
        CommandResult ended = setup.run(args);
        assertThat(ended.exit())
                .as(String.join(" ", args) + ": " + ended.out() + ended.err())
                .isEqualTo(exit);
    }

    private void assertSealed(String after) throws SQLException {
        try (Connection session = open();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sealed FROM bond")) {
            assertThat(rows.getString(1)).as(after).isNotNull();
        }
    }

    private String letter() throws SQLException {
        try (Connection session = open();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM dead_letter ORDER BY id")) {
            return rows.getString(1);
        }
    }

    @Test
    void whateverAnotherHandChangesInTheLedgerIsMissed() throws IOException, SQLException {
        try (SimulatedSetup setup = SimulatedSetup.start(folder, SimulatedSetup.synthetic(10, FAULTS), TOLERANT)) {
            assertThat(CommandResult.of(setup.sync()).exit()).isZero();
            assertSealed("sync");
            run(setup, 0, "dead-letters", "dismiss", letter(), "--by", "Ada", "--reason", "no use");
            assertSealed("dismiss");
            run(setup, 3, "dead-letters", "replay");
            assertSealed("replay");
            run(setup, 0, "plan");
            assertSealed("plan");
            run(setup, 0, "reconcile", "--period", "2026-03");
            assertSealed("reconcile");
            run(setup, 0, "close", "--period", "2026-03", "--by", "Ada", "--accept", "a rehearsal");
            assertSealed("close");
            run(setup, 0, "lake", "maintain");
            assertSealed("maintain");
            run(setup, 0, "audit");
            Path kept = folder.resolve("kept.db");
            try (Connection session = open();
                    Statement statement = session.createStatement()) {
                statement.executeUpdate("VACUUM INTO '" + kept + "'");
            }
            for (String change : CHANGES) {
                try (Connection session = open();
                        Statement statement = session.createStatement()) {
                    assertThat(statement.executeUpdate(change)).as(change).isEqualTo(1);
                }

                CommandResult audit = setup.run("audit");

                assertThat(audit.exit()).as(change + audit.out()).isEqualTo(1);
                assertThat(audit.out() + audit.err()).as(change).doesNotContain("unexpected");
                for (String ending : List.of("-wal", "-shm")) {
                    Files.deleteIfExists(folder.resolve("ledger.db" + ending));
                }
                Files.copy(kept, ledger(), StandardCopyOption.REPLACE_EXISTING);
            }
            run(setup, 0, "audit");

            try (Connection session = open();
                    Statement statement = session.createStatement()) {
                statement.executeUpdate(
                        "INSERT INTO usage_match (usage_key, isrc, by, at) VALUES ('X', 'GBNTT0565368', 'Eve', 1)");
            }
            CommandResult refused = setup.run("dead-letters", "dismiss", letter(), "--by", "Ada", "--reason", "again");
            assertThat(refused.err()).as("nothing is noted beside it").contains("behind our back", "Eve");
        }
    }

    /// Names of Java's are of no use to whoever reads the message.
    @Test
    void valuesThatCanNotBeAreToldInWords() throws IOException, SQLException {
        StatementsFolder books = StatementsFolder.in(folder);
        books.imports("2026-01", 100, 50);
        books.run(0, "reports", "decide", "territory", "BRD", "Germany", "--by", "Ada");
        for (String change :
                List.of("UPDATE report SET state = 'LOST'", "UPDATE report_decision SET subject = 'weather'")) {
            try (Connection session = open();
                    Statement statement = session.createStatement()) {
                statement.executeUpdate(change);
            }
            assertThat(books.run(1, "audit").out())
                    .contains("holds a value that can't be, in the table report")
                    .doesNotContain("enum constant", "dev.tactus", "unexpected");
            try (Connection session = open();
                    Statement statement = session.createStatement()) {
                statement.executeUpdate("UPDATE report SET state = 'IMPORTED'");
            }
        }
    }

    /// A command that was cut off has changed the ledger, and the journal does not have it yet.
    @Test
    void aLedgerThatHasGoneOnIsNotTakenForChanged() throws IOException {
        StatementsFolder books = StatementsFolder.in(folder);
        books.imports("2026-01", 100, 50);
        books.run(0, "audit");
        try (Ledger ledger = Ledger.open(ledger(), InstantSource.system())) {
            ledger.reportDecisions()
                    .put(new ReportDecision(
                            ReportDecision.Subject.TERRITORY,
                            "",
                            "BRD",
                            "Germany",
                            "Ada",
                            Instant.EPOCH,
                            Optional.empty()));
        }

        assertThat(books.run(0, "audit").err())
                .contains("not finished", "has changed the ledger since it was last copied", "report_decision (1)");

        books.imports("2026-02", 1, 1);
        assertThat(books.run(0, "audit").err()).doesNotContain("not finished");
    }
}
