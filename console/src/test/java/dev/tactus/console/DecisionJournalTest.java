package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever people decide is in the lake's journal when the command ends: the ledger may be lost right after, and the
/// one that is made anew gives the same results.
class DecisionJournalTest {
    private static final Path SCRIPT = Path.of("..", "verify", "verify_close.py");
    private static final String PEOPLE =
            """
            reconcile: {second_person: required}
            serve: {people: [{name: Ada, token_sha256: %s, role: close}, {name: Grace, token_sha256: %s, role: close}]}
            """.formatted(Sha256.of("a").hex(), Sha256.of("g").hex());

    @TempDir
    private Path folder;

    private StatementsFolder books = new StatementsFolder(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        books = StatementsFolder.in(folder);
        books.configure(PEOPLE);
        books.imports("2026-01", 100, 50);
        books.run(0, "reconcile", "--period", "2026-01");
    }

    private void rebuild() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("ledger.db"))
                    .toList()) {
                Files.delete(file);
            }
        }
        assertThat(books.run(0, "ledger", "rebuild", "--json").json().path("lost"))
                .isEmpty();
    }

    /// A decision, and the loss of the ledger that it was written to.
    private void decided(String table, Map<String, String> variables, String... args) throws IOException, SQLException {
        books.run(variables, 0, args);
        Map<String, List<String>> before = LedgerContent.of(folder.resolve("ledger.db"));
        assertThat(before.get(table)).as(table).isNotEmpty();
        rebuild();
        assertThat(LedgerContent.of(folder.resolve("ledger.db")))
                .as(String.join(" ", args))
                .isEqualTo(before);
    }

    @Test
    void everyDecisionSurvivesTheLedger() throws IOException, SQLException {
        decided(
                "variance_decision",
                Map.of(),
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
        String id = books.run(0, "variances", "list", "--period", "2026-01", "--json")
                .json()
                .at("/variances/0/decision/id")
                .asString();
        decided("variance_decision", Map.of(), "variances", "revoke", id, "--by", "Grace", "--reason", "settled");
        decided("report_decision", Map.of(), "reports", "decide", "territory", "BRD", "Germany", "--by", "Ada");
        decided("report_decision", Map.of(), "reports", "revoke", "territory", "BRD", "--by", "Grace");
        decided("close_preparation", Map.of("TACTUS_TOKEN", "a"), "close", "--period", "2026-01", "--by", "Ada");
        decided(
                "period_record",
                Map.of("TACTUS_TOKEN", "g"),
                "close",
                "approve",
                "--period",
                "2026-01",
                "--by",
                "Grace");
        decided("period_record", Map.of(), "reopen", "--period", "2026-01", "--by", "Ada", "--reason", "look again");
    }

    @Test
    void aLedgerThatIsMadeAnewGivesTheSameResults() throws IOException {
        books.run(Map.of("TACTUS_TOKEN", "a"), 0, "close", "--period", "2026-01", "--by", "Ada");
        books.run(Map.of("TACTUS_TOKEN", "g"), 0, "close", "approve", "--period", "2026-01", "--by", "Grace");
        books.imports("2026-02", 200, 20);
        List<String> before = results();

        rebuild();

        assertThat(results()).isEqualTo(before);
    }

    /// What reconcile, audit, explain and the script that needs no Tactus say.
    private List<String> results() throws IOException {
        books.run(0, "reconcile", "--period", "2026-02");
        Process script = new ProcessBuilder(
                        "python3", SCRIPT.toString(), folder.resolve("lake").toString())
                .redirectErrorStream(true)
                .start();
        String verified = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.onExit().join().exitValue()).as(verified).isZero();
        return List.of(
                books.run(
                                0,
                                "query",
                                "--format",
                                "csv",
                                "SELECT * EXCLUDE (reconciliation_id, report_snapshot_id, api_snapshot_id) FROM reconciled"
                                        + " ORDER BY ALL")
                        .out(),
                // how many files and snapshots there are, the second reconciliation adds to
                books.run(0, "audit").out().replaceAll("[0-9,]+ (data files|metadata files|snapshots)", "# $1"),
                books.run(0, "audit", "--period", "2026-01").out(),
                books.run(0, "explain", "--period", "2026-01", "--isrc", StatementsFolder.ONE)
                        .out(),
                verified);
    }
}
