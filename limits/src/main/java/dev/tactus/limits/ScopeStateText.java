package dev.tactus.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The one-line text form of a [ScopeState]: `1 savedAt learned pausedUntil stamps scope`.
///
/// Moments are epoch milliseconds; `learned` is `permits/windowMs/learnedAt/probeEveryMs`, and `/burst` behind it
/// for a bucket; a `.` behind `savedAt` says that nothing was sent afterwards; `~` and a number behind all that say how
/// many calls may be under way; the first stamp is whole, each
/// further one is its distance from the one before; what is absent is `-`.
/// The scope comes last and may hold
/// anything.
final class ScopeStateText {
    private static final String VERSION = "1";
    private static final String ABSENT = "-";
    private static final String IN_FLIGHT = "~";
    private static final String LAST = ".";

    private ScopeStateText() {}

    static String write(ScopeState state) {
        StringBuilder stamps = new StringBuilder();
        long before = 0;
        for (Instant stamp : state.stamps()) {
            long millis = roundedUp(stamp);
            stamps.append(stamps.isEmpty() ? "" : ",").append(millis - before);
            before = millis;
        }
        String learned = state.learned()
                .map(ceiling -> ceiling.limit().permits() + "/"
                        + ceiling.limit().window().toMillis() + "/" + roundedUp(ceiling.learnedAt()) + "/"
                        + ceiling.probeEvery().toMillis()
                        + (ceiling.burst().isPresent() ? "/" + ceiling.burst().getAsInt() : ""))
                .orElse(ABSENT);
        String underWay =
                state.inFlight().isPresent() ? IN_FLIGHT + state.inFlight().getAsInt() : "";
        return String.join(
                " ",
                VERSION,
                state.savedAt().toEpochMilli() + (state.last() ? LAST : ""),
                learned + underWay,
                state.pausedUntil()
                        .map(until -> String.valueOf(roundedUp(until)))
                        .orElse(ABSENT),
                stamps.isEmpty() ? ABSENT : stamps,
                state.scope());
    }

    static ScopeState read(String line) {
        String[] parts = line.split(" ", 6);
        if (parts.length != 6 || !parts[0].equals(VERSION)) {
            throw unreadable(line);
        }
        try {
            String[] found = parts[2].split(IN_FLIGHT, 2);
            return new ScopeState(
                    parts[5],
                    moment(parts[1].replace(LAST, "")),
                    parts[1].endsWith(LAST),
                    parts[4].equals(ABSENT) ? List.of() : stamps(parts[4]),
                    found[0].equals(ABSENT) ? Optional.empty() : Optional.of(learned(found[0])),
                    found.length > 1 ? OptionalInt.of(Integer.parseInt(found[1])) : OptionalInt.empty(),
                    parts[3].equals(ABSENT) ? Optional.empty() : Optional.of(moment(parts[3])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException broken) {
            throw unreadable(line);
        }
    }

    private static List<Instant> stamps(String text) {
        List<Instant> stamps = new ArrayList<>();
        long at = 0;
        for (String distance : text.split(",", -1)) {
            at += Long.parseLong(distance);
            stamps.add(Instant.ofEpochMilli(at));
        }
        return stamps;
    }

    private static ScopeState.LearnedCeiling learned(String text) {
        String[] parts = text.split("/", -1);
        return new ScopeState.LearnedCeiling(
                new Limit(Integer.parseInt(parts[0]), Duration.ofMillis(Long.parseLong(parts[1]))),
                moment(parts[2]),
                Duration.ofMillis(Long.parseLong(parts[3])),
                parts.length > 4 ? OptionalInt.of(Integer.parseInt(parts[4])) : OptionalInt.empty());
    }

    private static Instant moment(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    /// A call answered later than it was keeps its slot a little longer; one answered earlier would free it early.
    private static long roundedUp(Instant moment) {
        return moment.plusNanos(999_999).toEpochMilli();
    }

    private static IllegalArgumentException unreadable(String line) {
        return new IllegalArgumentException("not a saved limit: \"" + line.substring(0, Math.min(60, line.length()))
                + "\"; delete it and it will be learned again");
    }
}
