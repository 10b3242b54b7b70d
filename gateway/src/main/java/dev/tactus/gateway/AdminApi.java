package dev.tactus.gateway;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What the admin asks and does: usage, applications, their standings.
final class AdminApi {
    private static final int MOST_ROWS = 20_000;
    private static final int LATEST = 100;
    private static final Map<String, Integer> PERIODS = Map.of("minute", 1, "hour", 60, "day", 24 * 60);
    private static final Map<String, Step.Action> ACTIONS = Stream.of(Step.Action.values())
            .filter(action -> action != Step.Action.NOTICE)
            .collect(Collectors.toUnmodifiableMap(Figures::label, action -> action));

    private final StateFile file;
    private final Conduct conduct;
    private final Pacing pacing;
    private final InstantSource clock;

    AdminApi(StateFile file, Conduct conduct, Pacing pacing, InstantSource clock) {
        this.file = file;
        this.conduct = conduct;
        this.pacing = pacing;
        this.clock = clock;
    }

    /// `/usage?application=ID&from=…&to=…&per=minute|hour|day`; the last hour by the minute.
    AdminAnswer usage(Query query) {
        List<String> known = List.of("application", "from", "to", "per");
        Optional<String> stranger = query.parameters().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst();
        if (stranger.isPresent()) {
            return AdminAnswer.error(
                    400, "\"" + stranger.get() + "\" is not known; there is " + String.join(", ", known));
        }
        String per = query.get("per").orElse("minute");
        Integer minutes = PERIODS.get(per);
        if (minutes == null) {
            return AdminAnswer.error(400, "per is minute, hour or day, not \"" + per + "\"");
        }
        try {
            Instant to = query.get("to").map(AdminApi::moment).orElseGet(clock::instant);
            Instant from = query.get("from")
                    .map(AdminApi::moment)
                    .orElseGet(() -> to.minus(Duration.ofMinutes(60L * minutes)));
            if (!from.isBefore(to)) {
                return AdminAnswer.error(400, "from (" + from + ") must be before to (" + to + ")");
            }
            return file.usage()
                    .read(query.get("application"), from, to, minutes, MOST_ROWS)
                    .<AdminAnswer>map(rows -> AdminAnswer.json(usage(rows, from, to, per)))
                    .orElseGet(() -> AdminAnswer.error(
                            400,
                            "that is more than " + MOST_ROWS + " rows: name an application, a shorter time, or per=hour"
                                    + " or per=day"));
        } catch (DateTimeException e) {
            return AdminAnswer.error(
                    400, "from and to are moments such as 2026-11-22T10:00:00Z or days such as 2026-11-22");
        }
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notAMoment) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    private static Map<String, Object> usage(List<UsageRow> rows, Instant from, Instant to, String per) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", from.toString());
        fields.put("to", to.toString());
        fields.put("per", per);
        fields.put("usage", rows.stream().map(AdminJson::usage).toList());
        return fields;
    }

    /// `/pace`
    AdminAnswer pace() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("waiting", pacing.waiting());
        List<Object> limits = new ArrayList<>();
        pacing.report().forEach((owner, scopes) -> scopes.forEach(scope -> limits.add(AdminJson.scope(owner, scope))));
        fields.put("limits", limits);
        return AdminAnswer.json(fields);
    }

    /// `/applications`
    AdminAnswer applications() {
        Set<String> ids = new TreeSet<>(file.cases().applications());
        conduct.applications().forEach(each -> ids.add(each.id()));
        Map<String, Object> fields = new LinkedHashMap<>();
        conduct.judgement().ifPresent(judgement -> fields.put("rule", Figures.rule(judgement.rules())));
        fields.put("applications", ids.stream().map(this::summary).toList());
        return AdminAnswer.json(fields);
    }

    /// `/applications/ID`
    AdminAnswer application(String id) {
        return known(id) ? AdminAnswer.json(detail(id)) : unknown(id);
    }

    /// `/applications/ID/ACTION` with `{"by": …, "reason": …}`
    AdminAnswer act(String id, String action, JsonNode body) {
        Step.Action wanted = ACTIONS.get(action);
        if (wanted == null) {
            return AdminAnswer.error(
                    404, "\"" + action + "\" is not known; there is restore, restrict, revoke, pardon");
        }
        if (!known(id)) {
            return unknown(id);
        }
        List<String> missing = Arrays.asList("by", "reason").stream()
                .filter(name -> body.path(name).asString("").isBlank())
                .toList();
        if (!missing.isEmpty()) {
            return AdminAnswer.error(
                    400,
                    "\"" + String.join("\" and \"", missing)
                            + "\" is missing; send {\"by\": \"your name\", \"reason\": \"…\"}");
        }
        conduct.act(id, wanted, text(body, "by"), text(body, "reason"));
        return AdminAnswer.json(detail(id));
    }

    private static String text(JsonNode body, String field) {
        return body.path(field).asString("").strip();
    }

    private boolean known(String id) {
        return conduct.application(id).isPresent()
                || file.cases().applications().contains(id)
                || file.days().has(id);
    }

    private static AdminAnswer unknown(String id) {
        return AdminAnswer.error(404, "there is no application \"" + id + "\", neither configured nor on record");
    }

    private Map<String, Object> summary(String id) {
        Case how = file.cases().of(id);
        Map<String, Object> fields = AdminJson.standing(how, conduct.judgement());
        fields.put("configured", conduct.application(id).isPresent());
        fields.put(
                "contact",
                conduct.application(id).flatMap(ApplicationSettings::contact).isPresent());
        return fields;
    }

    private Map<String, Object> detail(String id) {
        Map<String, Object> fields = summary(id);
        Instant now = clock.instant();
        List<DayRecord> days = conduct.record(id, now);
        conduct.judgement().ifPresent(judgement -> {
            fields.put("rule", Figures.rule(judgement.rules()));
            fields.put(
                    "days_against",
                    judgement.bad(days.stream()
                            .filter(day -> !day.day().isAfter(judgement.lastDay(now)))
                            .toList()));
        });
        fields.put("days", days.stream().map(MessageText::day).toList());
        fields.put(
                "steps",
                file.cases().steps(id, LATEST).stream().map(AdminJson::step).toList());
        fields.put(
                "messages",
                file.messages().to(id, LATEST).stream().map(AdminJson::message).toList());
        return fields;
    }
}
