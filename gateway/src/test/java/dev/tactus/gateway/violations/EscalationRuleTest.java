package dev.tactus.gateway.violations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.config.ViolationSettings;
import dev.tactus.gateway.state.ComplianceRecord;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.state.RefusalRecord;
import dev.tactus.gateway.state.StandingChange.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EscalationRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final EscalationRule RULE = new EscalationRule(ViolationSettings.of(
            "20% refused on 2 of 7 days", Duration.ofDays(14), ViolationSettings.RESTRICT_TO, Duration.ofDays(30)));
    private static final List<RefusalRecord> BROKEN = List.of(day(1, 80, 20, false), day(2, 0, 5, false));
    private static final List<RefusalRecord> KEPT = List.of(day(1, 80, 20, false), day(2, 81, 19, false));

    private static RefusalRecord day(int day, long admitted, long refused, boolean forgiven) {
        return new RefusalRecord(LocalDate.of(2026, 11, day), admitted, refused, forgiven);
    }

    private static ComplianceRecord standing(ComplianceStatus standing, Optional<Instant> toldAt) {
        return new ComplianceRecord("radio", standing, NOW, false, toldAt);
    }

    private static Optional<Action> next(ComplianceRecord record, List<RefusalRecord> days, Instant at) {
        return RULE.next(record, days, at);
    }

    @Test
    void looksAtTheWholeDaysBeforeToday() {
        assertThat(RULE.lastDay(NOW)).isEqualTo("2026-11-19");
        assertThat(RULE.firstDay(NOW)).isEqualTo("2026-11-13");
    }

    @Test
    void aDayCountsFromTheShareOnUnlessItIsForgiven() {
        assertThat(RULE.broken(BROKEN)).isTrue();
        assertThat(RULE.broken(KEPT)).isFalse();
        assertThat(RULE.bad(KEPT)).isEqualTo(1);
        assertThat(RULE.broken(List.of(day(1, 80, 20, false), day(2, 0, 5, true))))
                .isFalse();
        assertThat(RULE.bad(List.of(day(1, 0, 0, false)))).isZero();
    }

    @Test
    void aNormalApplicationIsNoticedWhenTheRuleIsBroken() {
        ComplianceRecord normal = standing(ComplianceStatus.NORMAL, Optional.empty());
        assertThat(next(normal, BROKEN, NOW)).contains(Action.NOTICE);
        assertThat(next(normal, KEPT, NOW)).isEmpty();
    }

    @Test
    void aNoticedOneIsRestrictedWhenItsGraceIsOver() {
        ComplianceRecord noticed = standing(ComplianceStatus.NOTICED, Optional.of(NOW));
        Instant over = NOW.plus(Duration.ofDays(14));
        assertThat(next(noticed, BROKEN, over.minusNanos(1))).isEmpty();
        assertThat(next(noticed, BROKEN, over)).contains(Action.RESTRICT);
        assertThat(next(noticed, KEPT, NOW)).contains(Action.RESTORE);
        assertThat(next(standing(ComplianceStatus.NOTICED, Optional.empty()), BROKEN, over))
                .as("while it has not been told")
                .isEmpty();
    }

    @Test
    void aRestrictedOneIsRevokedIfNothingChanges() {
        ComplianceRecord restricted = standing(ComplianceStatus.RESTRICTED, Optional.of(NOW));
        Instant over = NOW.plus(Duration.ofDays(30));
        assertThat(next(restricted, BROKEN, over.minusNanos(1))).isEmpty();
        assertThat(next(restricted, BROKEN, over)).contains(Action.REVOKE);
        assertThat(next(restricted, KEPT, over)).contains(Action.RESTORE);
        assertThat(RULE.revokedAt(restricted)).contains(over);
    }

    @Test
    void aRevokedOneStaysAndWhatAnAdminDecidedHolds() {
        assertThat(next(standing(ComplianceStatus.REVOKED, Optional.empty()), KEPT, NOW))
                .isEmpty();
        for (ComplianceStatus status : ComplianceStatus.values()) {
            ComplianceRecord byHand = new ComplianceRecord("radio", status, NOW, true, Optional.of(NOW));
            assertThat(next(byHand, BROKEN, NOW.plus(Duration.ofDays(99)))).isEmpty();
            assertThat(next(byHand, KEPT, NOW)).isEmpty();
        }
    }
}
