package dev.tactus.simulator.behaviour;

import dev.tactus.limits.Limit;
import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import dev.tactus.simulator.fault.FaultSchedule;
import dev.tactus.simulator.quota.HeaderDialect;
import dev.tactus.simulator.quota.LimitRule;
import dev.tactus.simulator.quota.LimitRule.CeilingChange;
import dev.tactus.simulator.quota.SimulatedWindowKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads a [Behaviour] from YAML: limits, latency, tokens. [FaultReader] reads the faults.
public final class BehaviourReader {
    private BehaviourReader() {}

    static Behaviour read(Section file) {
        file.only("limits", "latency", "tokens", "requests", "recordings");
        return new Behaviour(
                sections(file, "limits").stream().map(BehaviourReader::limit).toList(),
                file.find("latency").map(value -> latency(value.section())).orElse(Latency.NONE),
                file.find("tokens").map(value -> tokens(value.section())).orElse(TokenLifetime.HOURLY),
                sections(file, "requests").stream().map(FaultReader::request).toList(),
                sections(file, "recordings").stream()
                        .map(FaultReader::recording)
                        .toList());
    }

    private static LimitRule limit(Section rule) {
        rule.only("scope", "limit", "kind", "per", "headers", "hold", "ceilings", "enforced");
        Value limit = rule.require("limit");
        try {
            return new LimitRule(
                    rule.find("scope").map(Value::text).orElse("token"),
                    rule.find("per")
                            .map(value -> oneOf(value, LimitRule.Per.values()))
                            .orElse(LimitRule.Per.TOKEN),
                    Limit.parse(limit.text()),
                    rule.find("kind")
                            .map(value -> oneOf(value, SimulatedWindowKind.values()))
                            .orElse(SimulatedWindowKind.SLIDING_LOG),
                    sections(rule, "ceilings").stream()
                            .map(BehaviourReader::ceiling)
                            .toList(),
                    new LimitRule.Refusal(
                            rule.find("headers")
                                    .map(value -> oneOf(value, HeaderDialect.values()))
                                    .orElse(HeaderDialect.RETRY_AFTER),
                            duration(rule, "hold", Duration.ZERO)),
                    rule.find("enforced").map(Value::flag).orElse(true));
        } catch (IllegalArgumentException e) {
            throw limit.bad(String.valueOf(e.getMessage()));
        }
    }

    private static CeilingChange ceiling(Section change) {
        change.only("after", "permits");
        return new CeilingChange(
                change.require("after").duration(), change.require("permits").whole(1, 1_000_000_000));
    }

    private static Latency latency(Section latency) {
        latency.only("base", "jitter", "tail_share", "tail");
        return new Latency(
                duration(latency, "base", Duration.ZERO),
                duration(latency, "jitter", Duration.ZERO),
                share(latency, "tail_share", 0),
                duration(latency, "tail", Duration.ZERO));
    }

    private static TokenLifetime tokens(Section tokens) {
        tokens.only("expires_in", "revoked_after", "revoked_after_requests");
        Duration expires = duration(tokens, "expires_in", TokenLifetime.HOURLY.expiresIn());
        if (expires.compareTo(Duration.ofSeconds(1)) < 0) {
            throw tokens.require("expires_in").bad("a token lives at least 1s");
        }
        return new TokenLifetime(
                expires,
                duration(tokens, "revoked_after", FaultSchedule.FOR_EVER),
                tokens.find("revoked_after_requests")
                        .map(value -> value.whole(1L, Long.MAX_VALUE))
                        .orElse(Long.MAX_VALUE));
    }

    static List<Section> sections(Section in, String key) {
        return in.find(key)
                .map(value -> value.list().stream().map(Value::section).toList())
                .orElse(List.of());
    }

    static Duration duration(Section in, String key, Duration otherwise) {
        return in.find(key).map(Value::duration).orElse(otherwise);
    }

    static double share(Section in, String key, double otherwise) {
        return in.find(key).map(Value::share).map(BigDecimal::doubleValue).orElse(otherwise);
    }

    static Set<Isrc> isrcs(Section in) {
        Set<Isrc> isrcs = new HashSet<>();
        for (Value value : in.find("isrcs").map(Value::list).orElse(List.of())) {
            try {
                isrcs.add(Isrc.parse(value.text()));
            } catch (InvalidIsrc e) {
                throw value.bad(String.valueOf(e.getMessage()));
            }
        }
        return isrcs;
    }

    /// One of the names of an enum, in lower case.
    static <E extends Enum<E>> E oneOf(Value value, E[] all) {
        return value.oneOf(all, BehaviourReader::label);
    }

    public static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
