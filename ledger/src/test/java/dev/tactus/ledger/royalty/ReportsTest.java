package dev.tactus.ledger.royalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.LedgerSchema;
import dev.tactus.ledger.StoreTest;
import dev.tactus.music.identifiers.Isrc;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest extends StoreTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static Report report(String id, String sha256, String from, String to, String... replaces) {
        return new Report(
                id,
                sha256,
                1234,
                "2026-10.zip/" + id + ".csv",
                "distrokid",
                "cafe",
                "DistroKid",
                List.of("Deezer", "Spotify"),
                "",
                Optional.of(LocalDate.parse(from)),
                Optional.of(LocalDate.parse(to)),
                new ReportCounts(10, 7, 2, 1),
                List.of(new ReportTotal("USD", 7, 1, new BigDecimal("1.0000000000000000001"), new BigDecimal("1"))),
                List.of(new RejectedTotal("USD", 2, new BigDecimal("-0.5"))),
                List.of(replaces),
                ReportState.IMPORTING,
                Optional.empty(),
                Optional.of("the sender says so"),
                "p-" + id,
                NOW);
    }

    private Reports reports() {
        return ledger.reports();
    }

    @Test
    void keepsAReportAsItWasNoted() {
        Report noted = report("a", "00", "2026-10-01", "2026-10-31");

        reports().begin(noted);

        assertThat(reports().find("a")).contains(noted);
        assertThat(reports().unsettled()).containsExactly(noted);
        assertThat(reports().withContent("00"))
                .as("its rows may not be there yet")
                .isEmpty();
    }

    @Test
    void knowsTheContentOfWhatIsInTheLakeOnly() {
        reports().begin(report("a", "00", "2026-10-01", "2026-10-31"));
        reports().imported("a", "", "");
        assertThat(reports().withContent("00")).map(Report::id).contains("a");

        reports().beginVoid("a", "Ada", "wrong label");
        assertThat(reports().withContent("00")).isEmpty();
        assertThat(reports().unsettled()).map(Report::id).containsExactly("a");
        reports().voided("a");
        assertThat(reports().unsettled()).isEmpty();
        assertThat(reports().events("a"))
                .extracting(ReportEvent::what, ReportEvent::by, ReportEvent::reason)
                .containsExactly(tuple("imported", "", ""), tuple("voided", "Ada", "wrong label"));
    }

    @Test
    void aReplacementAndWhatItReplacesChangeTogether() {
        reports().begin(report("a", "00", "2026-10-01", "2026-10-31"));
        reports().imported("a", "", "");
        reports().begin(report("b", "01", "2026-10-01", "2026-10-31", "a"));
        assertThat(reports().find("a")).map(Report::state).contains(ReportState.IMPORTED);

        reports().imported("b", "", "");

        assertThat(reports().find("a")).map(Report::state).contains(ReportState.REPLACED);
        assertThat(reports().find("a")).flatMap(Report::replacedBy).contains("b");
        assertThat(reports().covering(LocalDate.parse("2026-10-31"), LocalDate.parse("2026-12-31")))
                .map(Report::id)
                .containsExactly("b");
        assertThat(reports().covering(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-12-31")))
                .isEmpty();
    }

    @Test
    void forgetsOnlyWhatNeverLanded() {
        reports().begin(report("a", "00", "2026-10-01", "2026-10-31"));
        reports().forget("a");
        assertThat(reports().list()).isEmpty();

        reports().begin(report("b", "00", "2026-10-01", "2026-10-31"));
        reports().imported("b", "", "");
        assertThatThrownBy(() -> reports().forget("b")).hasMessageContaining("b is not importing");
        assertThat(reports().find("b")).isPresent();
    }

    @Test
    void aReportIsTakenBackOnce() {
        reports().begin(report("a", "00", "2026-10-01", "2026-10-31"));
        assertThatThrownBy(() -> reports().beginVoid("a", "Ada", "")).hasMessageContaining("not imported");
    }

    @Test
    void findsAReportByAPartOfItsIdThatFitsOnlyOne() {
        reports().begin(report("20261122T1-distrokid-aa01", "00", "2026-10-01", "2026-10-31"));
        reports().begin(report("20261122T1-distrokid-aa02", "01", "2026-10-01", "2026-10-31"));

        assertThat(reports().search("aa01")).isPresent();
        assertThat(reports().search("distrokid")).isEmpty();
        assertThat(reports().search("")).isEmpty();
    }

    @Test
    void aLedgerFromBeforeReportsIsBroughtUpToDate(@TempDir Path folder) throws Exception {
        Path old = folder.resolve("ledger.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(LedgerSchema.LEDGER.migrations().getFirst());
            statement.executeUpdate("PRAGMA user_version = 1");
            statement.executeUpdate("INSERT INTO limit_state (source, scope, state) VALUES ('s', 'token', 'x')");
        }

        try (Ledger opened = Ledger.open(old, clock)) {
            opened.reports().begin(report("a", "00", "2026-10-01", "2026-10-31"));
            assertThat(opened.reports().list()).hasSize(1);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT state FROM limit_state").getString(1))
                    .isEqualTo("x");
        }
    }

    @Test
    void rowsHaveToAddUp() {
        assertThatThrownBy(() -> new ReportCounts(10, 7, 2, 2)).hasMessageContaining("10 read, 7 landed");
    }

    @Test
    void theLastDecisionAboutAUsageHolds() {
        UsageMatches matches = ledger.usageMatches();
        matches.put(new UsageMatch("k", Optional.of(new Isrc("USUM72409273")), "Ada", NOW));
        matches.put(new UsageMatch("k", Optional.empty(), "Bob", NOW));
        matches.put(new UsageMatch("a", Optional.of(new Isrc("USUM72409273")), "Ada", NOW));

        assertThat(matches.list()).extracting(UsageMatch::usageKey).containsExactly("a", "k");
        assertThat(matches.list().get(1).isrc()).isEmpty();
    }
}
