package dev.tactus.gateway.admin;

import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.config.Organizations;
import dev.tactus.gateway.pace.PacingQueue;
import dev.tactus.gateway.state.ComplianceRecord;
import dev.tactus.gateway.state.RefusalRecord;
import dev.tactus.gateway.state.StandingChange;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.PollingCounts;
import dev.tactus.gateway.usage.PollingDetector;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.usage.UsageRow;
import dev.tactus.gateway.violations.ContactMessageBody;
import dev.tactus.gateway.violations.ViolationFormat;
import dev.tactus.gateway.violations.ViolationPolicy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What the admin asks and does: usage, applications, their standings.
public final class AdminApi {
    private static final int MOST_ROWS = 20_000;
    private static final int LATEST = 100;
    private static final int MOST_LISTED = 10;
    private static final Set<String> OWN_NAMES = Set.of(UsageMeterRegistry.STRANGERS, UsageMeterRegistry.EVENTS);
    private static final Map<String, Integer> PERIODS = Map.of("minute", 1, "hour", 60, "day", 24 * 60);
    private static final Map<String, StandingChange.Action> ACTIONS = Stream.of(StandingChange.Action.values())
            .filter(action -> action != StandingChange.Action.NOTICE)
            .collect(Collectors.toUnmodifiableMap(ViolationFormat::label, action -> action));

    private final StateFile file;
    private final ViolationPolicy conduct;
    private final Map<String, PacingQueue> queues;
    private final PollingDetector polling;
    private final Supplier<GatewaySettings> configured;
    private final InstantSource clock;

    /// Answers from these.
    ///
    /// @param configured what the gateway goes by
    public AdminApi(
            StateFile file,
            ViolationPolicy conduct,
            Map<String, PacingQueue> queues,
            PollingDetector polling,
            Supplier<GatewaySettings> configured,
            InstantSource clock) {
        this.polling = polling;
        this.configured = configured;
        this.file = file;
        this.conduct = conduct;
        this.queues = Map.copyOf(queues);
        this.clock = clock;
    }

    /// `/usage?application=ID&from=…&to=…&per=minute|hour|day`; the last hour by the minute.
    AdminResponse usage(QueryParameters query) {
        List<String> known = List.of("application", "organization", "from", "to", "per");
        Optional<String> stranger = query.parameters().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst();
        if (stranger.isPresent()) {
            return AdminResponse.error(
                    400, "unknown parameter \"" + stranger.get() + "\"; known: " + String.join(", ", known));
        }
        String per = query.get("per").orElse("minute");
        Integer minutes = PERIODS.get(per);
        if (minutes == null) {
            return AdminResponse.error(400, "per must be minute, hour or day, not \"" + per + "\"");
        }
        try {
            Instant to = query.get("to").map(AdminApi::moment).orElseGet(clock::instant);
            Instant from = query.get("from")
                    .map(AdminApi::moment)
                    .orElseGet(() -> to.minus(Duration.ofMinutes(60L * minutes)));
            if (!from.isBefore(to)) {
                return AdminResponse.error(400, "from (" + from + ") must be before to (" + to + ")");
            }
            Optional<AdminResponse> nobody = unknown(query);
            return file.usage()
                    .read(counted(query), from, to, minutes, MOST_ROWS)
                    .<AdminResponse>map(rows -> rows.isEmpty() && nobody.isPresent()
                            ? nobody.get()
                            : AdminResponse.json(usage(rows, from, to, per, query.get("application"))))
                    .orElseGet(() -> AdminResponse.error(
                            400,
                            "more than " + MOST_ROWS + " rows: pass an application, a shorter period, or per=hour"
                                    + " or per=day"));
        } catch (DateTimeException e) {
            return AdminResponse.error(
                    400, "from and to must be instants such as 2026-11-22T10:00:00Z or days such as 2026-11-22");
        }
    }

    /// The refusal where usage of somebody is asked for that there isn't.
    private Optional<AdminResponse> unknown(QueryParameters query) {
        Set<String> organizations =
                new TreeSet<>(configured.get().organizations().keySet());
        return query.get("organization")
                .filter(id -> !organizations.contains(id))
                .<AdminResponse>map(id -> AdminResponse.error(
                        404, "unknown organization \"" + id + "\": it is not configured; " + listed(organizations)))
                .or(() -> query.get("application")
                        .filter(id -> !OWN_NAMES.contains(id) && !known(id))
                        .map(id -> AdminResponse.error(
                                404,
                                "unknown application \"" + id + "\": neither configured nor on record; "
                                        + listed(ids()))));
    }

    private static String listed(Set<String> ids) {
        return ids.isEmpty()
                ? "there are none"
                : "there are " + ids.stream().limit(MOST_LISTED).collect(Collectors.joining(", "))
                        + (ids.size() > MOST_LISTED ? " and " + (ids.size() - MOST_LISTED) + " more" : "");
    }

    /// Under which name the usage is counted that is asked for.
    private static Optional<String> counted(QueryParameters query) {
        return query.get("organization").map(id -> Organizations.PREFIX + id).or(() -> query.get("application"));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notAMoment) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    private Map<String, Object> usage(
            List<UsageRow> rows, Instant from, Instant to, String per, Optional<String> application) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", from.toString());
        fields.put("to", to.toString());
        fields.put("per", per);
        fields.put("usage", rows.stream().map(AdminJson::usage).toList());
        fields.put(
                "polling",
                polling.pollers(application).stream().map(this::subscribable).toList());
        return fields;
    }

    private Map<String, Object> subscribable(PollingCounts counts) {
        Map<String, Object> fields = polling(counts);
        configured
                .get()
                .events()
                .filter(some -> some.resource(counts.resource()).isPresent())
                .ifPresent(some -> fields.put("subscribe", some.prefix()));
        return fields;
    }

    /// What an application asked for again and again, since the gateway was started.
    public static Map<String, Object> polling(PollingCounts counts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("application", counts.application());
        fields.put("resource", counts.resource());
        fields.put("requests", counts.requests());
        fields.put("changed", counts.changed());
        fields.put("saved", counts.saved());
        return fields;
    }

    /// `/pace`
    AdminResponse pace() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "waiting",
                queues.values().stream().mapToInt(PacingQueue::waiting).sum());
        List<Object> limits = new ArrayList<>();
        queues.forEach((upstream, queue) -> queue.report()
                .forEach((owner, scopes) -> scopes.forEach(scope -> {
                    Map<String, Object> one = AdminJson.scope(owner, scope);
                    if (!upstream.isEmpty()) {
                        one.put("upstream", upstream);
                    }
                    limits.add(one);
                })));
        fields.put("limits", limits);
        return AdminResponse.json(fields);
    }

    private Set<String> ids() {
        Set<String> ids = new TreeSet<>(file.cases().applications());
        conduct.applications().forEach(each -> ids.add(each.id()));
        return ids;
    }

    /// `/applications`
    AdminResponse applications() {
        Set<String> ids = ids();
        Map<String, Object> fields = new LinkedHashMap<>();
        conduct.judgement().ifPresent(judgement -> fields.put("rule", ViolationFormat.rule(judgement.rules())));
        fields.put("applications", ids.stream().map(this::summary).toList());
        return AdminResponse.json(fields);
    }

    /// `/applications/ID`
    AdminResponse application(String id) {
        return known(id) ? AdminResponse.json(detail(id)) : unknown(id);
    }

    /// `/applications/ID/ACTION` with `{"by": …, "reason": …}`
    AdminResponse act(String id, String action, JsonNode body) {
        StandingChange.Action wanted = ACTIONS.get(action);
        if (wanted == null) {
            return AdminResponse.error(
                    404, "unknown action \"" + action + "\"; known: restore, restrict, revoke, pardon");
        }
        if (!known(id)) {
            return unknown(id);
        }
        List<String> missing = Arrays.asList("by", "reason").stream()
                .filter(name -> body.path(name).asString("").isBlank())
                .toList();
        if (!missing.isEmpty()) {
            return AdminResponse.error(
                    400,
                    "\"" + String.join("\" and \"", missing)
                            + "\" is missing; send {\"by\": \"your name\", \"reason\": \"…\"}");
        }
        conduct.act(id, wanted, text(body, "by"), text(body, "reason"));
        return AdminResponse.json(detail(id));
    }

    private static String text(JsonNode body, String field) {
        return body.path(field).asString("").strip();
    }

    private boolean known(String id) {
        return conduct.application(id).isPresent()
                || file.cases().applications().contains(id)
                || file.days().has(id);
    }

    private static AdminResponse unknown(String id) {
        return AdminResponse.error(404, "unknown application \"" + id + "\": neither configured nor on record");
    }

    private Map<String, Object> summary(String id) {
        ComplianceRecord how = file.cases().of(id);
        Map<String, Object> fields = AdminJson.standing(how, conduct.judgement());
        conduct.application(id)
                .flatMap(ApplicationSettings::organization)
                .ifPresent(of -> fields.put("organization", of));
        fields.put("configured", conduct.application(id).isPresent());
        fields.put(
                "contact",
                conduct.application(id).flatMap(ApplicationSettings::contact).isPresent());
        return fields;
    }

    private Map<String, Object> detail(String id) {
        Map<String, Object> fields = summary(id);
        Instant now = clock.instant();
        List<RefusalRecord> days = conduct.record(id, now);
        conduct.judgement().ifPresent(judgement -> {
            fields.put("rule", ViolationFormat.rule(judgement.rules()));
            fields.put(
                    "days_against",
                    judgement.bad(days.stream()
                            .filter(day -> !day.day().isAfter(judgement.lastDay(now)))
                            .toList()));
        });
        fields.put("days", days.stream().map(ContactMessageBody::day).toList());
        fields.put(
                "steps",
                file.cases().steps(id, LATEST).stream().map(AdminJson::step).toList());
        fields.put(
                "messages",
                file.messages().to(id, LATEST).stream().map(AdminJson::message).toList());
        return fields;
    }
}
