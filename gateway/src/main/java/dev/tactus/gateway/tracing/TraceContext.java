package dev.tactus.gateway.tracing;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which trace something belongs to, as the field `traceparent` says it (W3C Trace Context).
///
/// @param trace 32 digits of hex, not all zero
/// @param span 16 digits of hex, not all zero: the one that says it
/// @param sampled whether whoever says it keeps its span
public record TraceContext(String trace, String span, boolean sampled) {
    private static final Pattern FIELD =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final HexFormat HEX = HexFormat.of();

    /// Reads the field. A version that is newer than ours may say more, which is left out.
    static Optional<TraceContext> parse(String field) {
        Matcher found = FIELD.matcher(field);
        if (!found.matches() || (found.group(1).equals("00") && found.group(5) != null)) {
            return Optional.empty();
        }
        return Optional.of(
                new TraceContext(found.group(2), found.group(3), (HexFormat.fromHexDigits(found.group(4)) & 1) == 1));
    }

    /// Another span of the same trace.
    TraceContext child(boolean kept) {
        return new TraceContext(trace, HEX.toHexDigits(id()), kept);
    }

    /// The first span of a trace.
    static TraceContext root(boolean kept) {
        return new TraceContext(randomTrace(), HEX.toHexDigits(id()), kept);
    }

    static String randomTrace() {
        return HEX.toHexDigits(id()) + HEX.toHexDigits(id());
    }

    private static long id() {
        long id = ThreadLocalRandom.current().nextLong();
        return id == 0 ? 1 : id;
    }

    /// As the field says it.
    String field() {
        return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
    }
}
