package dev.tactus.source.profile;

import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// Reads the `limits` of a source or a profile: what is known of how its API limits its callers.
public final class KnownLimitReader {
    private enum Kind {
        SLIDING,
        COUNTER,
        FIXED,
        FIXED_FROM_FIRST,
        BUCKET,
        SPACING;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private KnownLimitReader() {}

    /// Reads a list of limits.
    public static KnownLimits limits(Value list) {
        List<ScopedLimit> limits = new ArrayList<>();
        List<InFlightLimit> inFlight = new ArrayList<>();
        Optional<JsonPointer> costFrom = Optional.empty();
        for (Value each : list.list()) {
            Section yaml = each.section();
            yaml.only(
                    "scope",
                    "permits",
                    "window",
                    "kind",
                    "burst",
                    "zone",
                    "counts_refused",
                    "cost",
                    "cost_from",
                    "penalty",
                    "in_flight");
            try {
                if (yaml.has("in_flight")) {
                    inFlight.add(inFlight(yaml));
                } else {
                    limits.add(limit(yaml));
                    costFrom = costFrom(yaml, costFrom);
                }
            } catch (IllegalArgumentException e) {
                throw each.bad(String.valueOf(e.getMessage()));
            }
        }
        return new KnownLimits(limits, inFlight, costFrom, 0);
    }

    private static InFlightLimit inFlight(Section yaml) {
        yaml.only("scope", "in_flight");
        return new InFlightLimit(
                yaml.require("scope").text(), yaml.require("in_flight").whole(1, 1_000_000));
    }

    private static ScopedLimit limit(Section yaml) {
        int permits = yaml.require("permits").whole(1, 100_000_000);
        QuotaKind kind = kind(yaml, permits);
        return new ScopedLimit(
                yaml.require("scope").text(),
                new Limit(permits, window(yaml.require("window"), kind)),
                kind,
                yaml.find("cost").map(cost -> cost.whole(1, 1_000_000)).orElse(1),
                yaml.find("penalty").map(Value::duration),
                yaml.has("cost_from"));
    }

    private static Duration window(Value window, QuotaKind kind) {
        if (!window.text().strip().equals("1mo")) {
            return window.duration();
        }
        if (kind instanceof QuotaKind.Calendar) {
            return QuotaKind.Calendar.MONTH;
        }
        throw window.bad("a month has no length of its own: write kind: fixed and the zone whose months are meant");
    }

    private static QuotaKind kind(Section yaml, int permits) {
        Optional<Kind> kind = yaml.find("kind").map(value -> value.oneOf(Kind.values(), Kind::label));
        onlyWith(yaml, "burst", kind, Kind.BUCKET);
        onlyWith(yaml, "zone", kind, Kind.FIXED);
        onlyWith(yaml, "counts_refused", kind, Kind.SLIDING);
        if (kind.isEmpty()) {
            return new QuotaKind.Unstated();
        }
        return switch (kind.get()) {
            case SLIDING ->
                new QuotaKind.Sliding(
                        yaml.find("counts_refused").map(Value::flag).orElse(false));
            case COUNTER -> new QuotaKind.Counter();
            case FIXED ->
                yaml.find("zone")
                        .<QuotaKind>map(zone -> new QuotaKind.Calendar(zone(zone)))
                        .orElseGet(QuotaKind.Fixed::new);
            case FIXED_FROM_FIRST -> new QuotaKind.FromFirst();
            case BUCKET ->
                new QuotaKind.Bucket(yaml.find("burst")
                        .map(burst -> burst.whole(1, 100_000_000))
                        .orElse(permits));
            case SPACING -> new QuotaKind.Spacing();
        };
    }

    private static void onlyWith(Section yaml, String key, Optional<Kind> kind, Kind meant) {
        if (!kind.equals(Optional.of(meant))) {
            yaml.find(key).ifPresent(value -> {
                throw value.bad(key + " is for kind: " + meant.label() + " only");
            });
        }
    }

    private static ZoneId zone(Value value) {
        try {
            return ZoneId.of(value.text());
        } catch (DateTimeException e) {
            throw value.bad("expected a zone such as America/Los_Angeles or UTC, found \"" + value.text() + "\"");
        }
    }

    private static Optional<JsonPointer> costFrom(Section yaml, Optional<JsonPointer> before) {
        Optional<Value> value = yaml.find("cost_from");
        Optional<JsonPointer> here = value.map(EndpointReader::pointer);
        if (before.isPresent() && here.isPresent() && !before.equals(here)) {
            throw value.get().bad("another limit reads its cost from " + before.get() + "; one place is read");
        }
        return here.or(() -> before);
    }
}
