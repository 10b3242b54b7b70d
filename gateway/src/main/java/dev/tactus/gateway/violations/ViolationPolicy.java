package dev.tactus.gateway.violations;

import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.ViolationSettings;
import dev.tactus.gateway.state.ComplianceRecord;
import dev.tactus.gateway.state.ComplianceStatus;
import dev.tactus.gateway.state.RefusalRecord;
import dev.tactus.gateway.state.StandingChange;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.UsageLog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches how applications keep to their limits and takes the steps that follow, or that an admin asks for.
///
/// Each step is logged, recorded, and told to the application's contact, in one transaction; [ComplianceStatuses]
/// follow. An application that is no longer configured keeps its standing and its record, and is not judged.
/// Thread-safe.
public final class ViolationPolicy {
    private static final Logger log = LoggerFactory.getLogger(ViolationPolicy.class);

    private final StateFile file;
    private final ComplianceStatuses standings;
    private final InstantSource clock;
    private final Function<String, List<Map<String, Object>>> polling;
    private volatile BiConsumer<String, Optional<String>> told = (application, standing) -> {};
    private volatile Map<String, ApplicationSettings> applications = Map.of();
    private volatile Optional<EscalationRule> judgement = Optional.empty();
    private LocalDate judged = LocalDate.MIN;

    public ViolationPolicy(StateFile file, ComplianceStatuses standings, InstantSource clock) {
        this(file, standings, application -> List.of(), clock);
    }

    /// Goes by what the file holds.
    ///
    /// @param polling what an application asks for again and again, for its notices
    public ViolationPolicy(
            StateFile file,
            ComplianceStatuses standings,
            Function<String, List<Map<String, Object>>> polling,
            InstantSource clock) {
        this.polling = polling;
        this.file = file;
        this.standings = standings;
        this.clock = clock;
        standings.set(file.cases().standings());
    }

    /// Goes by this configuration from now on.
    public synchronized void configure(List<ApplicationSettings> configured, Optional<ViolationSettings> rules) {
        applications = configured.stream().collect(Collectors.toUnmodifiableMap(ApplicationSettings::id, each -> each));
        judgement = rules.map(EscalationRule::new);
        judged = LocalDate.MIN;
    }

    /// Who is told of each standing that changes: its name, and nothing where it is normal again.
    public void tells(BiConsumer<String, Optional<String>> to) {
        told = to;
    }

    /// How those stand that don't stand normal, by their ids.
    public Map<String, String> sharedStandings() {
        Map<String, String> all = new HashMap<>();
        file.cases().standings().forEach((id, status) -> all.put(id, status.name()));
        return all;
    }

    /// Takes the standings that several gateways have agreed on. Who decided has told the contact.
    public synchronized void follow(Supplier<Map<String, String>> all) {
        Map<String, String> agreed = all.get();
        Map<String, ComplianceStatus> here = file.cases().standings();
        Set<String> ids = new TreeSet<>(here.keySet());
        ids.addAll(agreed.keySet());
        Instant now = clock.instant();
        for (String id : ids) {
            ComplianceStatus before = here.getOrDefault(id, ComplianceStatus.NORMAL);
            ComplianceStatus after =
                    agreed.containsKey(id) ? ComplianceStatus.valueOf(agreed.get(id)) : ComplianceStatus.NORMAL;
            if (before != after) {
                StandingChange.Action action = switch (after) {
                    case NORMAL -> StandingChange.Action.RESTORE;
                    case NOTICED -> StandingChange.Action.NOTICE;
                    case RESTRICTED -> StandingChange.Action.RESTRICT;
                    case REVOKED -> StandingChange.Action.REVOKE;
                };
                file.cases()
                        .record(
                                new StandingChange(
                                        id, now, action, before, after, "shared", "as another gateway has decided"),
                                new ComplianceRecord(id, after, now, true, Optional.of(now)));
            }
        }
        standings.set(file.cases().standings());
    }

    public Collection<ApplicationSettings> applications() {
        return applications.values();
    }

    public Optional<ApplicationSettings> application(String id) {
        return Optional.ofNullable(applications.get(id));
    }

    /// What judges, where the configuration asks for it.
    public Optional<EscalationRule> judgement() {
        return judgement;
    }

    /// Takes the steps that are due. Days count when they are over, so that applications in good standing are looked
    /// at once a day.
    public synchronized void review() {
        LocalDate today = UsageLog.day(clock.instant());
        boolean all = !today.equals(judged);
        judgement.ifPresent(rules -> applications.values().stream()
                .filter(application -> all || standings.of(application.id()) != ComplianceStatus.NORMAL)
                .forEach(application -> review(application, rules)));
        judged = today;
    }

    private void review(ApplicationSettings application, EscalationRule rules) {
        Instant now = clock.instant();
        String id = application.id();
        ComplianceRecord before = file.cases().of(id);
        List<RefusalRecord> days = file.days().between(id, rules.firstDay(now), rules.lastDay(now));
        rules.next(before, days, now).ifPresent(action -> {
            String reason = reason(rules, days);
            take(before, action, false, StandingChange.RULE, reason, now);
            standings.set(file.cases().standings());
        });
    }

    private static String reason(EscalationRule rules, List<RefusalRecord> days) {
        String figures = days.stream()
                .filter(day -> day.reaches(rules.rules().refusedShare()) && !day.forgiven())
                .map(day -> day.day() + ": " + day.refused() + " of " + day.requests())
                .collect(Collectors.joining(", "));
        return "at least " + ViolationFormat.percent(rules.rules().refusedShare()) + " of requests refused on "
                + rules.bad(days) + " of the last " + rules.rules().ofDays() + " days"
                + (figures.isEmpty() ? "" : " (" + figures + ")");
    }

    /// Does what an admin asks for. A standing that an admin gives holds until an admin gives another one; restoring
    /// and pardoning forgive the days so far, today included.
    ///
    /// @param who the admin's name
    public synchronized ComplianceRecord act(
            String application, StandingChange.Action action, String who, String reason) {
        Instant now = clock.instant();
        file.together(() -> {
            boolean byHand = action == StandingChange.Action.RESTRICT || action == StandingChange.Action.REVOKE;
            take(file.cases().of(application), action, byHand, who, reason, now);
            if (action == StandingChange.Action.RESTORE || action == StandingChange.Action.PARDON) {
                file.days().forgiveUntil(application, UsageLog.day(now));
            }
        });
        standings.set(file.cases().standings());
        review();
        return file.cases().of(application);
    }

    private void take(
            ComplianceRecord before,
            StandingChange.Action action,
            boolean byHand,
            String who,
            String reason,
            Instant now) {
        ComplianceStatus after = after(before.standing(), action);
        boolean same = after == before.standing();
        Optional<ApplicationSettings> to =
                application(before.application()).filter(each -> each.contact().isPresent());
        boolean silent = action == StandingChange.Action.PARDON || to.isEmpty();
        boolean waits = action == StandingChange.Action.NOTICE && !silent;
        ComplianceRecord then = new ComplianceRecord(
                before.application(),
                after,
                same ? before.since() : now,
                action == StandingChange.Action.PARDON ? before.byHand() : byHand,
                waits ? Optional.empty() : same ? before.toldAt() : Optional.of(now));
        StandingChange step =
                new StandingChange(before.application(), now, action, before.standing(), after, who, reason);
        file.together(() -> {
            file.cases().record(step, then);
            if (!silent) {
                file.messages()
                        .enqueue(
                                ContactMessageBody.id(),
                                before.application(),
                                ContactMessageBody.kind(action),
                                ContactMessageBody.body(
                                        step,
                                        judgement,
                                        record(before.application(), now),
                                        polling.apply(before.application())),
                                now);
            }
        });
        told.accept(
                before.application(), after == ComplianceStatus.NORMAL ? Optional.empty() : Optional.of(after.name()));
        log.warn(
                "application {}: {} by {}, {} until now, {} from now on: {}",
                before.application(),
                ViolationFormat.label(action),
                who,
                before.standing().label(),
                after.label(),
                reason);
    }

    private static ComplianceStatus after(ComplianceStatus before, StandingChange.Action action) {
        return switch (action) {
            case NOTICE -> ComplianceStatus.NOTICED;
            case RESTRICT -> ComplianceStatus.RESTRICTED;
            case REVOKE -> ComplianceStatus.REVOKED;
            case RESTORE -> ComplianceStatus.NORMAL;
            case PARDON -> before;
        };
    }

    /// The days that count today, or the last week's where nothing judges.
    public List<RefusalRecord> record(String application, Instant now) {
        LocalDate first = judgement
                .map(rules -> rules.firstDay(now))
                .orElseGet(() -> UsageLog.day(now).minusDays(7));
        return file.days().between(application, first, UsageLog.day(now));
    }

    /// The notice has reached the application, or will never: its grace begins.
    void told(String application, String messageType) {
        if (messageType.equals(ContactMessageBody.kind(StandingChange.Action.NOTICE))) {
            file.cases().told(application, clock.instant());
        }
    }
}
