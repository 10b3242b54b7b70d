package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// "20% refused on 3 of 7 days", 14 days of grace, revoked 30 days after the restriction.
class ConductTest {
    private static final Violations RULES = Violations.of(
            "20% refused on 3 of 7 days", Duration.ofDays(14), new BigDecimal("0.5"), Duration.ofDays(30));

    private final ManualClock clock = new ManualClock("2026-11-01T12:00:00Z");
    private Standings standings = new Standings();

    @TempDir
    private Path folder;

    private StateFile file;
    private Conduct conduct;

    @BeforeEach
    void open() {
        file = StateFile.open(folder.resolve("gateway.db"), clock);
        conduct = conduct(Optional.empty());
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void goesFromNoticeToRestrictionToRevocation() {
        badDays(2);
        assertThat(standing()).isEqualTo(Standing.NORMAL);
        badDays(1);
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        badDays(13);
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        badDays(1);
        assertThat(standing()).isEqualTo(Standing.RESTRICTED);
        badDays(29);
        assertThat(standing()).isEqualTo(Standing.RESTRICTED);
        badDays(1);
        assertThat(standing()).isEqualTo(Standing.REVOKED);
        goodDays(100);
        assertThat(standing()).isEqualTo(Standing.REVOKED);
        assertThat(file.cases().steps("radio", 10))
                .extracting(Step::action)
                .containsExactly(Step.Action.REVOKE, Step.Action.RESTRICT, Step.Action.NOTICE);
        assertThat(file.cases().steps("radio", 10).getLast().reason())
                .contains("20% or more")
                .contains("3 of the last 7 days")
                .contains("2026-11-01: 20 of 100");
    }

    @Test
    void waitsUntilADayIsOver() {
        badDays(2);
        count(80, 20);
        conduct.review();
        assertThat(standing()).isEqualTo(Standing.NORMAL);
        clock.advance(Duration.ofHours(11).plusMinutes(59));
        conduct.review();
        assertThat(standing()).as("23:59 UTC").isEqualTo(Standing.NORMAL);
        clock.advance(Duration.ofMinutes(1));
        conduct.review();
        assertThat(standing()).as("00:00 UTC").isEqualTo(Standing.NOTICED);
    }

    @Test
    void stepsBackWhenAnApplicationImproves() {
        badDays(3);
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        goodDays(4);
        assertThat(standing()).as("3 of the last 7 are still bad").isEqualTo(Standing.NOTICED);
        goodDays(1);
        assertThat(standing()).isEqualTo(Standing.NORMAL);
        assertThat(file.cases().steps("radio", 1).getFirst().action()).isEqualTo(Step.Action.RESTORE);
    }

    @Test
    void givesARestrictedApplicationBackItsLimitsWhenItImproves() {
        badDays(17);
        assertThat(standing()).isEqualTo(Standing.RESTRICTED);
        goodDays(5);
        assertThat(standing()).isEqualTo(Standing.NORMAL);
    }

    @Test
    void forgetsNothingInARestart() {
        badDays(3);
        file.close();
        file = StateFile.open(folder.resolve("gateway.db"), clock);
        standings = new Standings();
        conduct = conduct(Optional.empty());
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        badDays(14);
        assertThat(standing()).isEqualTo(Standing.RESTRICTED);
    }

    @Test
    void catchesUpWithWhatFellDueWhileTheGatewayWasDown() {
        badDays(16);
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        clock.advance(Duration.ofDays(2));
        conduct.review();
        assertThat(standing())
                .as("the last 7 days still hold 5 bad ones, and the grace is over")
                .isEqualTo(Standing.RESTRICTED);
    }

    @Test
    void doesNotHoldDaysAgainstAnApplicationWithoutRequests() {
        badDays(2);
        clock.advance(Duration.ofDays(6));
        badDays(1);
        assertThat(standing()).isEqualTo(Standing.NORMAL);
    }

    @Test
    void restoringByHandForgivesWhatWasUntilNow() {
        badDays(17);
        count(0, 100);
        Case after = conduct.act("radio", Step.Action.RESTORE, "ada", "they have called");
        assertThat(after.standing()).isEqualTo(Standing.NORMAL);
        assertThat(standing()).isEqualTo(Standing.NORMAL);
        badDays(2);
        assertThat(standing()).as("the day of the pardon counts no more").isEqualTo(Standing.NORMAL);
        badDays(2);
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        assertThat(file.cases().steps("radio", 5)).extracting(Step::who).contains("ada");
    }

    @Test
    void pardoningForgivesAndTheRuleDecidesAnew() {
        badDays(3);
        conduct.act("radio", Step.Action.PARDON, "ada", "our own outage");
        assertThat(standing()).isEqualTo(Standing.NORMAL);
        assertThat(file.cases().steps("radio", 5))
                .extracting(Step::action)
                .containsExactly(Step.Action.RESTORE, Step.Action.PARDON, Step.Action.NOTICE);
    }

    @Test
    void whatAnAdminDecidedHoldsUntilAnAdminDecidesOtherwise() {
        conduct.act("radio", Step.Action.RESTRICT, "ada", "asked for it");
        goodDays(60);
        assertThat(standing()).isEqualTo(Standing.RESTRICTED);
        badDays(60);
        assertThat(standing()).isEqualTo(Standing.RESTRICTED);
        conduct.act("radio", Step.Action.REVOKE, "ada", "key leaked");
        assertThat(standing()).isEqualTo(Standing.REVOKED);
        conduct.act("radio", Step.Action.RESTORE, "ada", "new key");
        assertThat(standing()).isEqualTo(Standing.NORMAL);
    }

    @Test
    void keepsTheStandingOfAnApplicationThatLeavesTheConfigurationAndDoesNotJudgeIt() {
        badDays(3);
        conduct.configure(List.of(), Optional.of(RULES));
        badDays(30);
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        conduct.configure(List.of(application(Optional.empty())), Optional.of(RULES));
        conduct.review();
        assertThat(standing()).isEqualTo(Standing.RESTRICTED);
    }

    @Test
    void graceBeginsWhenTheNoticeHasBeenReceived() {
        conduct = conduct(Optional.of(URI.create("https://radio.example/hook")));
        badDays(3);
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        badDays(20);
        assertThat(standing()).as("nobody has told it").isEqualTo(Standing.NOTICED);
        conduct.told(file.messages().to("radio", 1).getFirst());
        badDays(13);
        assertThat(standing()).isEqualTo(Standing.NOTICED);
        badDays(1);
        assertThat(standing()).isEqualTo(Standing.RESTRICTED);
    }

    @Test
    void aMessageStatesTheFigures() {
        conduct = conduct(Optional.of(URI.create("https://radio.example/hook")));
        badDays(3);
        Message message = file.messages().to("radio", 1).getFirst();
        assertThat(message.kind()).isEqualTo("application.noticed");
        assertThat(message.body())
                .contains("\"rule\":\"20% refused on 3 of 7 days\"")
                .contains("\"day\":\"2026-11-01\",\"requests\":100,\"refused\":20,\"refused_share\":0.2")
                .contains("\"restricted_from\":\"2026-11-18T12:00:00Z\"")
                .contains("cut to 50% after a grace of 14 days");
    }

    @Test
    void doesNothingWhereTheConfigurationAsksForNothing() {
        conduct.configure(List.of(application(Optional.empty())), Optional.empty());
        badDays(30);
        assertThat(standing()).isEqualTo(Standing.NORMAL);
    }

    private Conduct conduct(Optional<URI> contact) {
        Conduct made = new Conduct(file, standings, clock);
        made.configure(List.of(application(contact)), Optional.of(RULES));
        return made;
    }

    private static ApplicationSettings application(Optional<URI> contact) {
        return new ApplicationSettings("radio", List.of(), List.of(), contact, Optional.empty(), List.of());
    }

    private Standing standing() {
        return standings.of("radio");
    }

    private void badDays(int days) {
        days(days, 80, 20);
    }

    private void goodDays(int days) {
        days(days, 81, 19);
    }

    private void days(int days, long admitted, long refused) {
        for (int day = 0; day < days; day++) {
            count(admitted, refused);
            clock.advance(Duration.ofDays(1));
            conduct.review();
        }
    }

    private void count(long admitted, long refused) {
        Instant now = clock.instant();
        file.usage().add(List.of(new Counted("radio", now.getEpochSecond() / 60, admitted, refused, 0, List.of())));
    }
}
