package dev.tactus.gateway.violations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.ManualClock;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.ViolationSettings;
import dev.tactus.gateway.state.ComplianceRecord;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.state.ContactMessage;
import dev.tactus.gateway.state.StandingChange;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.MinuteUsage;
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
class ViolationPolicyTest {
    private static final ViolationSettings RULES = ViolationSettings.of(
            "20% refused on 3 of 7 days", Duration.ofDays(14), new BigDecimal("0.5"), Duration.ofDays(30));

    private final ManualClock clock = new ManualClock("2026-11-01T12:00:00Z");
    private ComplianceStatuses standings = new ComplianceStatuses();

    @TempDir
    private Path folder;

    private StateFile file;
    private ViolationPolicy conduct;

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
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
        badDays(1);
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        badDays(13);
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        badDays(1);
        assertThat(standing()).isEqualTo(ComplianceStatus.RESTRICTED);
        badDays(29);
        assertThat(standing()).isEqualTo(ComplianceStatus.RESTRICTED);
        badDays(1);
        assertThat(standing()).isEqualTo(ComplianceStatus.REVOKED);
        goodDays(100);
        assertThat(standing()).isEqualTo(ComplianceStatus.REVOKED);
        assertThat(file.cases().steps("radio", 10))
                .extracting(StandingChange::action)
                .containsExactly(
                        StandingChange.Action.REVOKE, StandingChange.Action.RESTRICT, StandingChange.Action.NOTICE);
        assertThat(file.cases().steps("radio", 10).getLast().reason())
                .contains("at least 20%")
                .contains("3 of the last 7 days")
                .contains("2026-11-01: 20 of 100");
    }

    @Test
    void waitsUntilADayIsOver() {
        badDays(2);
        count(80, 20);
        conduct.review();
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
        clock.advance(Duration.ofHours(11).plusMinutes(59));
        conduct.review();
        assertThat(standing()).as("23:59 UTC").isEqualTo(ComplianceStatus.NORMAL);
        clock.advance(Duration.ofMinutes(1));
        conduct.review();
        assertThat(standing()).as("00:00 UTC").isEqualTo(ComplianceStatus.NOTICED);
    }

    @Test
    void stepsBackWhenAnApplicationImproves() {
        badDays(3);
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        goodDays(4);
        assertThat(standing()).as("3 of the last 7 are still bad").isEqualTo(ComplianceStatus.NOTICED);
        goodDays(1);
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
        assertThat(file.cases().steps("radio", 1).getFirst().action()).isEqualTo(StandingChange.Action.RESTORE);
    }

    @Test
    void givesARestrictedApplicationBackItsLimitsWhenItImproves() {
        badDays(17);
        assertThat(standing()).isEqualTo(ComplianceStatus.RESTRICTED);
        goodDays(5);
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
    }

    @Test
    void forgetsNothingInARestart() {
        badDays(3);
        file.close();
        file = StateFile.open(folder.resolve("gateway.db"), clock);
        standings = new ComplianceStatuses();
        conduct = conduct(Optional.empty());
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        badDays(14);
        assertThat(standing()).isEqualTo(ComplianceStatus.RESTRICTED);
    }

    @Test
    void catchesUpWithWhatFellDueWhileTheGatewayWasDown() {
        badDays(16);
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        clock.advance(Duration.ofDays(2));
        conduct.review();
        assertThat(standing())
                .as("the last 7 days still hold 5 bad ones, and the grace is over")
                .isEqualTo(ComplianceStatus.RESTRICTED);
    }

    @Test
    void doesNotHoldDaysAgainstAnApplicationWithoutRequests() {
        badDays(2);
        clock.advance(Duration.ofDays(6));
        badDays(1);
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
    }

    @Test
    void restoringByHandForgivesWhatWasUntilNow() {
        badDays(17);
        count(0, 100);
        ComplianceRecord after = conduct.act("radio", StandingChange.Action.RESTORE, "ada", "they have called");
        assertThat(after.standing()).isEqualTo(ComplianceStatus.NORMAL);
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
        badDays(2);
        assertThat(standing()).as("the day of the pardon counts no more").isEqualTo(ComplianceStatus.NORMAL);
        badDays(2);
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        assertThat(file.cases().steps("radio", 5))
                .extracting(StandingChange::who)
                .contains("ada");
    }

    @Test
    void pardoningForgivesAndTheRuleDecidesAnew() {
        badDays(3);
        conduct.act("radio", StandingChange.Action.PARDON, "ada", "our own outage");
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
        assertThat(file.cases().steps("radio", 5))
                .extracting(StandingChange::action)
                .containsExactly(
                        StandingChange.Action.RESTORE, StandingChange.Action.PARDON, StandingChange.Action.NOTICE);
    }

    @Test
    void whatAnAdminDecidedHoldsUntilAnAdminDecidesOtherwise() {
        conduct.act("radio", StandingChange.Action.RESTRICT, "ada", "asked for it");
        goodDays(60);
        assertThat(standing()).isEqualTo(ComplianceStatus.RESTRICTED);
        badDays(60);
        assertThat(standing()).isEqualTo(ComplianceStatus.RESTRICTED);
        conduct.act("radio", StandingChange.Action.REVOKE, "ada", "key leaked");
        assertThat(standing()).isEqualTo(ComplianceStatus.REVOKED);
        conduct.act("radio", StandingChange.Action.RESTORE, "ada", "new key");
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
    }

    @Test
    void keepsTheStandingOfAnApplicationThatLeavesTheConfigurationAndDoesNotJudgeIt() {
        badDays(3);
        conduct.configure(List.of(), Optional.of(RULES));
        badDays(30);
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        conduct.configure(List.of(application(Optional.empty())), Optional.of(RULES));
        conduct.review();
        assertThat(standing()).isEqualTo(ComplianceStatus.RESTRICTED);
    }

    @Test
    void graceBeginsWhenTheNoticeHasBeenReceived() {
        conduct = conduct(Optional.of(URI.create("https://radio.example/hook")));
        badDays(3);
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        badDays(20);
        assertThat(standing()).as("nobody has told it").isEqualTo(ComplianceStatus.NOTICED);
        conduct.told("radio", file.messages().to("radio", 1).getFirst().kind());
        badDays(13);
        assertThat(standing()).isEqualTo(ComplianceStatus.NOTICED);
        badDays(1);
        assertThat(standing()).isEqualTo(ComplianceStatus.RESTRICTED);
    }

    @Test
    void aMessageStatesTheFigures() {
        conduct = conduct(Optional.of(URI.create("https://radio.example/hook")));
        badDays(3);
        ContactMessage message = file.messages().to("radio", 1).getFirst();
        assertThat(message.kind()).isEqualTo("application.noticed");
        assertThat(message.body())
                .contains("\"rule\":\"20% refused on 3 of 7 days\"")
                .contains("\"day\":\"2026-11-01\",\"requests\":100,\"refused\":20,\"refused_share\":0.2")
                .contains("\"restricted_from\":\"2026-11-18T12:00:00Z\"")
                .contains("cut to 50% after a grace period of 14 days");
    }

    @Test
    void doesNothingWhereTheConfigurationAsksForNothing() {
        conduct.configure(List.of(application(Optional.empty())), Optional.empty());
        badDays(30);
        assertThat(standing()).isEqualTo(ComplianceStatus.NORMAL);
    }

    private ViolationPolicy conduct(Optional<URI> contact) {
        ViolationPolicy made = new ViolationPolicy(file, standings, clock);
        made.configure(List.of(application(contact)), Optional.of(RULES));
        return made;
    }

    private static ApplicationSettings application(Optional<URI> contact) {
        return new ApplicationSettings(
                "radio",
                List.of(),
                List.of(),
                contact,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private ComplianceStatus standing() {
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
        file.usage().add(List.of(new MinuteUsage("radio", now.getEpochSecond() / 60, admitted, refused, 0, List.of())));
    }
}
