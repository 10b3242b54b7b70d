package dev.tactus.gateway.config;

import dev.tactus.gateway.quota.AnswerCost;
import dev.tactus.gateway.quota.UpstreamQuota;
import dev.tactus.limits.QuotaKind;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonPointer;

/// Reads what a limit of pace mode says about the way in which the upstream counts.
final class UpstreamQuotaReader {
    private static final List<String> KEYS = List.of("zone", "penalty", "in_flight", "learned");
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private UpstreamQuotaReader() {}

    /// Refuses keys that mean something in pace mode only.
    static void refuse(Section yaml) {
        for (String key : KEYS) {
            yaml.find(key).ifPresent(value -> {
                throw value.bad(key + " is for mode: pace only");
            });
        }
    }

    private static final List<String> OF_LEARNED = List.of("name", "match", "per", "ignore_case", "learned");

    /// Whether a limit is to be learned; nothing else can be said of it then but for what it holds.
    static boolean learned(Section yaml) {
        boolean learned = yaml.find("learned").map(Value::flag).orElse(false);
        if (learned) {
            yaml.only(OF_LEARNED.toArray(String[]::new));
        }
        return learned;
    }

    /// In enforce mode: nothing of how an upstream counts, but what it says that a request has cost.
    static UpstreamQuota readCost(Section yaml, UpstreamQuota base) {
        return new UpstreamQuota(
                base.kind(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                answerCost(yaml).or(base::answerCost));
    }

    static UpstreamQuota read(Section yaml, UpstreamQuota base, int permits) {
        yaml.find("in_flight")
                .filter(any -> yaml.has("permits") || yaml.has("window"))
                .ifPresent(value -> {
                    throw value.bad("a limit is of requests under way, or of requests in a window: two limits");
                });
        QuotaKind kind =
                yaml.find("kind").map(text -> kind(text, yaml, permits)).orElse(base.kind());
        yaml.find("zone").filter(zone -> !(kind instanceof QuotaKind.Calendar)).ifPresent(zone -> {
            throw zone.bad("zone is for kind: fixed only");
        });
        Optional<Duration> penalty = yaml.find("penalty").map(Value::duration).or(base::penalty);
        return new UpstreamQuota(
                kind,
                penalty,
                yaml.find("in_flight")
                        .map(calls -> OptionalInt.of(calls.whole(1, 1_000_000)))
                        .orElse(base.inFlight()),
                false,
                answerCost(yaml).or(base::answerCost));
    }

    private static Optional<AnswerCost> answerCost(Section yaml) {
        Optional<AnswerCost> body = yaml.find("cost_from").map(UpstreamQuotaReader::pointer);
        Optional<AnswerCost> field = yaml.find("cost_header").map(UpstreamQuotaReader::field);
        if (body.isPresent() && field.isPresent()) {
            throw yaml.require("cost_header").bad("cost_from stands there already: one place tells the cost");
        }
        return body.or(() -> field);
    }

    private static AnswerCost pointer(Value value) {
        try {
            return new AnswerCost.Body(JsonPointer.compile(value.text()));
        } catch (IllegalArgumentException e) {
            throw value.bad("expected a JSON pointer such as /extensions/cost/actual, found \"" + value.text() + "\"");
        }
    }

    private static AnswerCost field(Value value) {
        if (!value.text().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw value.bad(
                    "expected the name of a header field such as X-Request-Cost, found \"" + value.text() + "\"");
        }
        return new AnswerCost.Field(value.text());
    }

    private static QuotaKind kind(Value kind, Section yaml, int permits) {
        return switch (kind.text()) {
            case "sliding" ->
                new QuotaKind.Sliding(
                        yaml.find("counts_refused").map(Value::flag).orElse(false));
            case "counter" -> new QuotaKind.Counter();
            case "fixed" ->
                yaml.find("zone")
                        .<QuotaKind>map(zone -> new QuotaKind.Calendar(zone(zone)))
                        .orElseGet(QuotaKind.Fixed::new);
            case "fixed-from-first" -> new QuotaKind.FromFirst();
            case "bucket" ->
                new QuotaKind.Bucket(yaml.find("burst")
                        .map(burst -> burst.whole(1, 100_000_000))
                        .orElse(permits));
            case "spacing" -> new QuotaKind.Spacing();
            default ->
                throw kind.bad("\"" + kind.text() + "\" is not known; one of sliding, counter, fixed,"
                        + " fixed-from-first, bucket, spacing");
        };
    }

    private static ZoneId zone(Value value) {
        try {
            return ZoneId.of(value.text());
        } catch (DateTimeException e) {
            throw value.bad("expected a zone such as America/Los_Angeles or UTC, found \"" + value.text() + "\"");
        }
    }

    /// How long the window is; requests under way have none, nor has what is learned, and any length will do.
    static Duration window(Section yaml, UpstreamQuota upstream) {
        if (upstream.inFlight().isPresent() || upstream.learned()) {
            return SHORTEST;
        }
        Value window = yaml.require("window");
        boolean month = window.text().strip().equals("1mo");
        if (month && !(upstream.kind() instanceof QuotaKind.Calendar)) {
            throw window.bad("a month has no length of its own: write kind: fixed and the zone whose months are meant");
        }
        return month ? QuotaKind.Calendar.MONTH : window.duration();
    }
}
