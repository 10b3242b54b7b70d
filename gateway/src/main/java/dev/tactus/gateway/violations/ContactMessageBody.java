package dev.tactus.gateway.violations;

import dev.tactus.gateway.config.ViolationSettings;
import dev.tactus.gateway.state.RefusalRecord;
import dev.tactus.gateway.state.StandingChange;
import dev.tactus.gateway.state.Subscription;
import dev.tactus.gateway.usage.QuotaUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// What an application's contact is told: `{type, timestamp, data}`, as Standard Webhooks recommends.
public final class ContactMessageBody {
    static final String WARNED = "application.warned";

    private static final JsonMapper MAPPER = new JsonMapper();

    private ContactMessageBody() {}

    public static String id() {
        return "msg_" + UUID.randomUUID().toString().replace("-", "");
    }

    static String kind(StandingChange.Action action) {
        return "application."
                + switch (action) {
                    case NOTICE -> "noticed";
                    case RESTRICT -> "restricted";
                    case REVOKE -> "revoked";
                    case RESTORE -> "restored";
                    case PARDON -> "pardoned";
                };
    }

    /// A callback has taken nothing for days, and nothing more is sent to it.
    public static String dead(Subscription subscription, String reason, Instant at) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("application", subscription.application());
        data.put("subscription", subscription.id());
        data.put("resource", subscription.resource());
        data.put("reason", reason);
        data.put("what_follows", "nothing more is sent; subscribe again to be told of changes");
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "subscription.dead");
        message.put("timestamp", at.toString());
        message.put("data", data);
        return MAPPER.writeValueAsString(message);
    }

    /// Refusals are near.
    ///
    /// @param exhausted when nothing is left at today's rate, where that is why
    static String warning(QuotaUse use, Optional<Instant> exhausted, Instant at) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("application", use.application());
        data.put("limit", use.limit().name());
        data.put("permits", use.most());
        data.put("window_ms", use.limit().limit().window().toMillis());
        data.put("used", use.used());
        data.put("used_share", Math.round(use.share() * 1000) / 1000.0);
        data.put("reason", exhausted.isPresent() ? "forecast" : "used");
        exhausted.ifPresent(when -> data.put("exhausted_at", when.toString()));
        data.put("fresh_at", use.freshAt().toString());
        data.put("what_follows", "requests beyond the limit are answered 429");
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", WARNED);
        message.put("timestamp", at.toString());
        message.put("data", data);
        return MAPPER.writeValueAsString(message);
    }

    static String body(
            StandingChange step,
            Optional<EscalationRule> judgement,
            List<RefusalRecord> days,
            List<Map<String, Object>> polling) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("application", step.application());
        data.put("standing", step.after().label());
        data.put("before", step.before().label());
        data.put("reason", step.reason());
        judgement.ifPresent(rules -> rule(data, rules, step));
        data.put("days", days.stream().map(ContactMessageBody::day).toList());
        if (!polling.isEmpty()) {
            data.put("polling", polling);
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", kind(step.action()));
        message.put("timestamp", step.at().toString());
        message.put("data", data);
        return MAPPER.writeValueAsString(message);
    }

    /// A day as JSON has it, here and in the admin API.
    public static Map<String, Object> day(RefusalRecord day) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("day", day.day().toString());
        fields.put("requests", day.requests());
        fields.put("refused", day.refused());
        fields.put("refused_share", day.share());
        fields.put("forgiven", day.forgiven());
        return fields;
    }

    private static void rule(Map<String, Object> data, EscalationRule judgement, StandingChange step) {
        ViolationSettings rules = judgement.rules();
        data.put("rule", ViolationFormat.rule(rules));
        List<String> next = new ArrayList<>();
        Instant at = step.at();
        switch (step.after()) {
            case NORMAL -> next.add("this application is in good standing");
            case NOTICED -> {
                data.put("restricted_from", at.plus(rules.grace()).toString());
                next.add("unless fewer requests are refused, its limits will be cut to "
                        + ViolationFormat.percent(rules.restrictTo()) + " after a grace period of "
                        + ViolationFormat.time(rules.grace()) + " from receipt of this message");
            }
            case RESTRICTED -> {
                data.put("restricted_to", rules.restrictTo());
                if (step.who().equals(StandingChange.RULE)) {
                    data.put("revoked_from", at.plus(rules.revokeAfter()).toString());
                    next.add("unless fewer requests are refused, its access will be revoked after "
                            + ViolationFormat.time(rules.revokeAfter()));
                } else {
                    next.add("this holds until an administrator lifts it");
                }
            }
            case REVOKED -> next.add("every request is answered 403");
        }
        data.put("what_follows", String.join("; ", next));
    }
}
