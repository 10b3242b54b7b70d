package dev.tactus.gateway.admin;

import dev.tactus.gateway.config.Organizations;
import dev.tactus.gateway.state.ComplianceRecord;
import dev.tactus.gateway.state.ContactMessage;
import dev.tactus.gateway.state.PacerStateStore;
import dev.tactus.gateway.state.StandingChange;
import dev.tactus.gateway.usage.UsageRow;
import dev.tactus.gateway.violations.EscalationRule;
import dev.tactus.gateway.violations.ViolationFormat;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.ScopedLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Records as the admin API shows them; absent moments are null.
final class AdminJson {
    private AdminJson() {}

    static Map<String, Object> usage(UsageRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        String counted = row.totals().key().application();
        if (counted.startsWith(Organizations.PREFIX)) {
            fields.put("organization", counted.substring(Organizations.PREFIX.length()));
        } else {
            fields.put("application", counted);
        }
        fields.put("start", row.totals().key().start().toString());
        fields.put("admitted", row.totals().admitted());
        fields.put("refused", row.totals().refused());
        fields.put("turned_away", row.totals().turnedAway());
        Map<String, Object> limits = new LinkedHashMap<>();
        row.limits().forEach(limit -> limits.put(limit.name(), limit(limit)));
        fields.put("limits", limits);
        return fields;
    }

    private static Map<String, Object> limit(UsageRow.OfLimit limit) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("permits", limit.permits());
        fields.put("window_ms", limit.window().toMillis());
        fields.put("charged", limit.charged());
        fields.put("share_used", rounded(limit.share()));
        fields.put("share_used_in_busiest_minute", rounded(limit.busiestMinute()));
        fields.put("refused", limit.refused());
        fields.put("shadow_refused", limit.shadowed());
        return fields;
    }

    static Map<String, Object> standing(ComplianceRecord how, Optional<EscalationRule> judgement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", how.application());
        fields.put("standing", how.standing().label());
        put(fields, "since", Optional.of(how.since()).filter(Instant.EPOCH::isBefore));
        fields.put("by_hand", how.byHand());
        switch (how.standing()) {
            case NOTICED -> {
                put(fields, "told_at", how.toldAt());
                put(fields, "restricted_from", judgement.flatMap(rules -> rules.graceEnds(how)));
            }
            case RESTRICTED -> {
                if (!how.byHand()) {
                    put(fields, "revoked_from", judgement.flatMap(rules -> rules.revokedAt(how)));
                }
            }
            case NORMAL, REVOKED -> {}
        }
        return fields;
    }

    static Map<String, Object> step(StandingChange step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", step.at().toString());
        fields.put("action", ViolationFormat.label(step.action()));
        fields.put("before", step.before().label());
        fields.put("after", step.after().label());
        fields.put("by", step.who());
        fields.put("reason", step.reason());
        return fields;
    }

    static Map<String, Object> message(ContactMessage message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", message.id());
        fields.put("type", message.kind());
        fields.put("created_at", message.createdAt().toString());
        fields.put("attempts", message.attempts());
        boolean waiting = message.sentAt().isEmpty() && message.givenUpAt().isEmpty();
        put(fields, "sent_at", message.sentAt());
        put(fields, "given_up_at", message.givenUpAt());
        put(fields, "next_attempt_at", waiting ? Optional.of(message.nextAt()) : Optional.empty());
        put(fields, "last_error", message.lastError());
        return fields;
    }

    static Map<String, Object> scope(String owner, ScopeReport scope) {
        Map<String, Object> fields = new LinkedHashMap<>();
        boolean token = owner.startsWith(PacerStateStore.TOKEN);
        put(fields, "application", Optional.of(owner).filter(name -> !token && !name.equals(PacerStateStore.SHARED)));
        if (token) {
            fields.put("token", owner.substring(PacerStateStore.TOKEN.length()));
        }
        fields.put("scope", scope.scope().equals(ScopedLimit.TOKEN) ? "/" : scope.scope());
        put(fields, "limit", scope.ceiling());
        fields.put("learned", scope.learned());
        fields.put("used", scope.used());
        fields.put("share_used", rounded(scope.share()));
        fields.put("left", scope.granted());
        fields.put("refused_upstream", scope.throttled());
        put(fields, "paused_until", scope.pausedUntil());
        return fields;
    }

    /// Null stands for what is absent, as JSON has it.
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> fields, String name, Optional<?> value) {
        @Nullable Object shown = value.map(Object::toString).orElse(null);
        fields.put(name, shown);
    }

    private static BigDecimal rounded(double share) {
        return BigDecimal.valueOf(share).setScale(4, RoundingMode.HALF_UP);
    }
}
