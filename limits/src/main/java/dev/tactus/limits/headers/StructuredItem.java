package dev.tactus.limits.headers;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One member of a structured header list (RFC 9651), as far as rate limits use it: `"name";key=value` or `key=value`.
///
/// Lenient: quotes may be missing, and what cannot be read is skipped.
record StructuredItem(String name, Map<String, String> parameters) {
    private static final Pattern MEMBER =
            Pattern.compile("\\s*(\"[^\"]*\"|[^\",;]*)((?:\\s*;[^,;\"]*(?:\"[^\"]*\")?)*)");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}(\\.0{1,9})?");
    private static final int LONGEST_HEADER = 4096;

    static List<StructuredItem> list(@Nullable String header) {
        List<StructuredItem> items = new ArrayList<>();
        if (header == null || header.length() > LONGEST_HEADER) {
            return items;
        }
        Matcher member = MEMBER.matcher(header);
        int at = 0;
        while (at <= header.length() && member.find(at)) {
            String name = unquoted(member.group(1));
            if (!name.isEmpty()) {
                items.add(new StructuredItem(name, parameters(member.group(2))));
            }
            at = Math.max(member.end(), at) + 1;
        }
        return items;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : text.split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        unquoted(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String unquoted(String text) {
        String bare = text.strip();
        boolean quoted = bare.length() >= 2 && bare.startsWith("\"") && bare.endsWith("\"");
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }

    /// A policy: q permits in w seconds, or the name as the permits where there is no q.
    Optional<Limit> limit() {
        if (!countsRequests()) {
            return Optional.empty();
        }
        OptionalInt permits = parameters.containsKey("q") ? whole("q") : nameAsWhole();
        int seconds = whole("w").orElse(0);
        boolean usable = permits.orElse(0) > 0
                && seconds > 0
                && seconds <= Duration.ofDays(366).toSeconds();
        return usable ? Optional.of(new Limit(permits.getAsInt(), Duration.ofSeconds(seconds))) : Optional.empty();
    }

    /// Whether its quota unit is the request, as it is where none is stated; not bytes, nor requests under way.
    boolean countsRequests() {
        return parameters.getOrDefault("qu", "requests").equals("requests");
    }

    /// Whose quota it is: a partition key, as it stands between its colons.
    Optional<String> partition() {
        return Optional.ofNullable(parameters.get("pk")).map(key -> key.replaceAll("^:|:$", ""));
    }

    /// How many requests may be under way at once, by the policy that says so.
    static OptionalInt inFlight(List<StructuredItem> policies) {
        return policies.stream()
                .filter(item -> item.parameters.getOrDefault("qu", "").equals("concurrent-requests"))
                .mapToInt(item -> item.whole("q").orElse(0))
                .filter(calls -> calls > 0)
                .min();
    }

    OptionalInt whole(String key) {
        return number(parameters.getOrDefault(key, ""));
    }

    OptionalInt nameAsWhole() {
        return number(name);
    }

    /// The value of a bare `key=value` member of the list.
    static OptionalInt value(List<StructuredItem> items, String key) {
        return items.stream()
                .filter(item -> item.name.toLowerCase(Locale.ROOT).startsWith(key + "="))
                .map(item -> number(item.name.substring(key.length() + 1).strip()))
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    private static OptionalInt number(String text) {
        return WHOLE.matcher(text).matches()
                ? OptionalInt.of(Integer.parseInt(text.split("\\.", -1)[0]))
                : OptionalInt.empty();
    }
}
