package dev.tactus.gateway;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches how applications keep to their limits and takes the steps that follow, or that an admin asks for.
///
/// Each step is logged, recorded, and told to the application's contact, in one transaction; [Standings] follow. An
/// application that is no longer configured keeps its standing and its record, and is not judged. Thread-safe.
final class Conduct {
    private static final Logger log = LoggerFactory.getLogger(Conduct.class);

    private final StateFile file;
    private final Standings standings;
    private final InstantSource clock;
    private volatile List<ApplicationSettings> applications = List.of();
    private volatile Optional<Judgement> judgement = Optional.empty();
    private LocalDate judged = LocalDate.MIN;

    Conduct(StateFile file, Standings standings, InstantSource clock) {
        this.file = file;
        this.standings = standings;
        this.clock = clock;
        standings.set(file.cases().standings());
    }

    /// Goes by this configuration from now on.
    synchronized void configure(List<ApplicationSettings> configured, Optional<Violations> rules) {
        applications = List.copyOf(configured);
        judgement = rules.map(Judgement::new);
        judged = LocalDate.MIN;
    }

    List<ApplicationSettings> applications() {
        return applications;
    }

    Optional<ApplicationSettings> application(String id) {
        return applications.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /// What judges, where the configuration asks for it.
    Optional<Judgement> judgement() {
        return judgement;
    }

    /// Takes the steps that are due. Days count when they are over, so that applications in good standing are looked at
    /// once a day.
    synchronized void review() {
        LocalDate today = UsageLog.day(clock.instant());
        boolean all = !today.equals(judged);
        judgement.ifPresent(rules -> applications.stream()
                .filter(application -> all || standings.of(application.id()) != Standing.NORMAL)
                .forEach(application -> review(application, rules)));
        judged = today;
    }

    private void review(ApplicationSettings application, Judgement rules) {
        Instant now = clock.instant();
        String id = application.id();
        Case before = file.cases().of(id);
        List<DayRecord> days = file.days().between(id, rules.firstDay(now), rules.lastDay(now));
        rules.next(before, days, now).ifPresent(action -> {
            String reason = reason(rules, days);
            take(before, action, false, Step.RULE, reason, now);
            standings.set(file.cases().standings());
        });
    }

    private static String reason(Judgement rules, List<DayRecord> days) {
        String figures = days.stream()
                .filter(day -> day.reaches(rules.rules().refusedShare()) && !day.forgiven())
                .map(day -> day.day() + ": " + day.refused() + " of " + day.requests())
                .collect(Collectors.joining(", "));
        return Figures.percent(rules.rules().refusedShare()) + " or more of the requests refused on " + rules.bad(days)
                + " of the last " + rules.rules().ofDays() + " days" + (figures.isEmpty() ? "" : " (" + figures + ")");
    }

    /// Does what an admin asks for. A standing that an admin gives holds until an admin gives another one; restoring
    /// and pardoning forgive the days so far, today included.
    ///
    /// @param who the admin's name
    synchronized Case act(String application, Step.Action action, String who, String reason) {
        Instant now = clock.instant();
        file.together(() -> {
            boolean byHand = action == Step.Action.RESTRICT || action == Step.Action.REVOKE;
            take(file.cases().of(application), action, byHand, who, reason, now);
            if (action == Step.Action.RESTORE || action == Step.Action.PARDON) {
                file.days().forgiveUntil(application, UsageLog.day(now));
            }
        });
        standings.set(file.cases().standings());
        review();
        return file.cases().of(application);
    }

    private void take(Case before, Step.Action action, boolean byHand, String who, String reason, Instant now) {
        Standing after = after(before.standing(), action);
        boolean same = after == before.standing();
        Optional<ApplicationSettings> to =
                application(before.application()).filter(each -> each.contact().isPresent());
        boolean silent = action == Step.Action.PARDON || to.isEmpty();
        boolean waits = action == Step.Action.NOTICE && !silent;
        Case then = new Case(
                before.application(),
                after,
                same ? before.since() : now,
                action == Step.Action.PARDON ? before.byHand() : byHand,
                waits ? Optional.empty() : same ? before.toldAt() : Optional.of(now));
        Step step = new Step(before.application(), now, action, before.standing(), after, who, reason);
        file.together(() -> {
            file.cases().record(step, then);
            if (!silent) {
                file.messages()
                        .enqueue(
                                MessageText.id(),
                                before.application(),
                                MessageText.kind(action),
                                MessageText.body(step, judgement, record(before.application(), now)),
                                now);
            }
        });
        log.warn(
                "application {}: {} by {}, {} until now, {} from now on: {}",
                before.application(),
                Figures.label(action),
                who,
                before.standing().label(),
                after.label(),
                reason);
    }

    private static Standing after(Standing before, Step.Action action) {
        return switch (action) {
            case NOTICE -> Standing.NOTICED;
            case RESTRICT -> Standing.RESTRICTED;
            case REVOKE -> Standing.REVOKED;
            case RESTORE -> Standing.NORMAL;
            case PARDON -> before;
        };
    }

    /// The days that count today, or the last week's where nothing judges.
    List<DayRecord> record(String application, Instant now) {
        LocalDate first = judgement
                .map(rules -> rules.firstDay(now))
                .orElseGet(() -> UsageLog.day(now).minusDays(7));
        return file.days().between(application, first, UsageLog.day(now));
    }

    /// The notice has reached the application, or will never: its grace begins.
    void told(Message message) {
        if (message.kind().equals(MessageText.kind(Step.Action.NOTICE))) {
            file.cases().told(message.application(), clock.instant());
        }
    }
}
