package dev.tactus.bench.utilisation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// How an API answers: with which status it refuses, and what its headers say.
///
/// @param refusal the status of a refusal
/// @param inBody whether a refusal is told in the body, so that the caller's own code knows it whatever the status
/// @param headers writes the headers of an answer
record ApiDialect(int refusal, boolean inBody, Consumer<Lines> headers) {
    private static final double SECOND = 1e9;

    /// Nothing but a status.
    static final ApiDialect SILENT = status(429);

    /// How long to wait, in whole seconds, with a refusal only.
    static final ApiDialect RETRY_AFTER = refusing(429, Lines::retryAfter);

    static ApiDialect status(int refusal) {
        return new ApiDialect(refusal, false, lines -> {});
    }

    static ApiDialect inBody(int refusal) {
        return new ApiDialect(refusal, true, lines -> {});
    }

    /// Headers with a refusal only.
    static ApiDialect refusing(int refusal, Consumer<Lines> headers) {
        return new ApiDialect(refusal, false, lines -> {
            if (!lines.accepted) {
                headers.accept(lines);
            }
        });
    }

    /// Headers with every answer.
    static ApiDialect telling(int refusal, Consumer<Lines> headers) {
        return new ApiDialect(refusal, false, headers);
    }

    Answer answer(boolean accepted, ApiServer server, long at, Instant now) {
        Lines lines = new Lines(accepted, server, at, now);
        headers.accept(lines);
        return new Answer(accepted, accepted ? 200 : refusal, inBody && !accepted, lines.lines);
    }

    /// What comes back.
    ///
    /// @param told whether the body says that it is a refusal
    record Answer(boolean accepted, int status, boolean told, Map<String, String> headers) {}

    /// The headers of one answer.
    static final class Lines {
        private final Map<String, String> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final boolean accepted;
        private final ApiServer server;
        private final long at;
        private final Instant now;

        private Lines(boolean accepted, ApiServer server, long at, Instant now) {
            this.accepted = accepted;
            this.server = server;
            this.at = at;
            this.now = now;
        }

        Lines put(String name, Object value) {
            lines.put(name, String.valueOf(value));
            return this;
        }

        Lines limit(String name, int permits) {
            return put(name, permits);
        }

        Lines remaining(String name) {
            return put(name, server.remaining(at));
        }

        Lines used(String name, int permits) {
            return put(name, permits - server.remaining(at));
        }

        /// What is left of a number that is smaller than the limit.
        Lines left(String name, int told, int permits) {
            return put(name, Math.max(0, told - permits + server.remaining(at)));
        }

        private long resetNanos() {
            return Math.max(0, server.resetsAt(at) - at);
        }

        Lines resetSeconds(String name) {
            return put(name, (long) Math.ceil(resetNanos() / SECOND));
        }

        Lines resetDecimals(String name) {
            return put(name, Math.round(resetNanos() / 1e6) / 1e3);
        }

        Lines resetEpoch(String name) {
            return put(name, now.plusNanos(resetNanos() + (long) SECOND - 1).getEpochSecond());
        }

        Lines resetMillis(String name) {
            return put(name, now.plusNanos(resetNanos()).toEpochMilli());
        }

        Lines resetDate(String name) {
            return put(
                    name,
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            now.plusNanos(resetNanos() + (long) SECOND - 1).atOffset(ZoneOffset.UTC)));
        }

        Lines resetInstant(String name) {
            return put(
                    name,
                    Instant.ofEpochSecond(
                            now.plusNanos(resetNanos() + (long) SECOND - 1).getEpochSecond()));
        }

        /// Until the next call would be let in, in whole seconds, rounded up; with a refusal only.
        Lines retryAfter() {
            long opens = server.opensFor(1, at);
            return accepted ? this : put("Retry-After", (long) Math.ceil((opens - at) / SECOND));
        }

        /// Limit, remaining and reset by one prefix; the reset in seconds left.
        Lines triple(String prefix, int permits) {
            return limit(prefix + "Limit", permits)
                    .remaining(prefix + "Remaining")
                    .resetSeconds(prefix + "Reset");
        }

        /// The same with the reset in epoch seconds.
        Lines epochTriple(String prefix, int permits) {
            return limit(prefix + "Limit", permits)
                    .remaining(prefix + "Remaining")
                    .resetEpoch(prefix + "Reset");
        }
    }
}
