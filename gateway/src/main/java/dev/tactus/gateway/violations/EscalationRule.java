package dev.tactus.gateway.violations;

import dev.tactus.gateway.config.ViolationSettings;
import dev.tactus.gateway.state.ComplianceRecord;
import dev.tactus.gateway.state.RefusalRecord;
import dev.tactus.gateway.state.StandingChange;
import dev.tactus.gateway.usage.UsageLog;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Decides what follows from an application's record: nothing but the arguments decides.
///
/// Only whole days count: the last [ViolationSettings#ofDays] before today. While the rule is broken an application
/// goes from normal to noticed at once; from noticed to restricted when the grace since it was told is over; from
/// restricted to revoked when it has been restricted for long enough. As soon as the rule is kept again, noticed and
/// restricted applications are normal. A revoked one has nothing to improve, and what an admin decided holds: only an
/// admin changes these.
public record EscalationRule(ViolationSettings rules) {

    /// The first day that counts today.
    LocalDate firstDay(Instant now) {
        return lastDay(now).minusDays(rules.ofDays() - 1L);
    }

    /// The last one: yesterday.
    public LocalDate lastDay(Instant now) {
        return UsageLog.day(now).minusDays(1);
    }

    /// Whether the rule is broken by these days.
    boolean broken(List<RefusalRecord> days) {
        return bad(days) >= rules.days();
    }

    /// How many days are held against the application.
    public long bad(List<RefusalRecord> days) {
        return days.stream()
                .filter(day -> !day.forgiven() && day.reaches(rules.refusedShare()))
                .count();
    }

    /// What is to be done now, if anything.
    ///
    /// @param days those from [#firstDay] to [#lastDay]
    Optional<StandingChange.Action> next(ComplianceRecord now, List<RefusalRecord> days, Instant at) {
        if (now.byHand()) {
            return Optional.empty();
        }
        boolean broken = broken(days);
        return switch (now.standing()) {
            case NORMAL -> broken ? Optional.of(StandingChange.Action.NOTICE) : Optional.empty();
            case NOTICED ->
                broken
                        ? due(graceEnds(now), at, StandingChange.Action.RESTRICT)
                        : Optional.of(StandingChange.Action.RESTORE);
            case RESTRICTED ->
                broken
                        ? due(revokedAt(now), at, StandingChange.Action.REVOKE)
                        : Optional.of(StandingChange.Action.RESTORE);
            case REVOKED -> Optional.empty();
        };
    }

    /// When a noticed application's grace ends; empty while it has not been told.
    public Optional<Instant> graceEnds(ComplianceRecord noticed) {
        return noticed.toldAt().map(told -> told.plus(rules.grace()));
    }

    /// When a restricted application is revoked, if it doesn't improve.
    public Optional<Instant> revokedAt(ComplianceRecord restricted) {
        return Optional.of(restricted.since().plus(rules.revokeAfter()));
    }

    private static Optional<StandingChange.Action> due(
            Optional<Instant> when, Instant at, StandingChange.Action action) {
        return when.filter(moment -> !at.isBefore(moment)).map(moment -> action);
    }
}
