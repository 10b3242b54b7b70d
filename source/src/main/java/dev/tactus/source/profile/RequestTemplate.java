package dev.tactus.source.profile;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A path and a query with places for `{isrc}`, `{ids}` and `{day}`; renders them percent-encoded (RFC
/// 3986).
///
/// @param path starts with a slash
/// @param query in the order sent
record RequestTemplate(String path, Map<String, String> query) {
    static final List<String> PLACES = List.of("isrc", "ids", "day");

    private static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");
    private static final String UNRESERVED = "-._~";
    private static final String LITERAL = UNRESERVED + ":,@/!*$'();";

    RequestTemplate {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash: " + path);
        }
        check(path);
        query.values().forEach(RequestTemplate::check);
    }

    /// Whether `{place}` stands anywhere.
    boolean has(String place) {
        String wanted = "{" + place + "}";
        return path.contains(wanted) || query.values().stream().anyMatch(value -> value.contains(wanted));
    }

    /// Path and query with every place filled; several values are joined by commas.
    String render(Map<String, List<String>> values) {
        StringBuilder out = new StringBuilder(fill(path, values));
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            out.append(separator)
                    .append(encode(parameter.getKey(), UNRESERVED))
                    .append('=')
                    .append(fill(parameter.getValue(), values));
            separator = '&';
        }
        return out.toString();
    }

    private static String fill(String template, Map<String, List<String>> values) {
        StringBuilder out = new StringBuilder();
        Matcher places = PLACE.matcher(template);
        int from = 0;
        while (places.find()) {
            out.append(encode(template.substring(from, places.start()), LITERAL));
            String separator = "";
            for (String value : values.getOrDefault(places.group(1), List.of())) {
                out.append(separator).append(encode(value, UNRESERVED));
                separator = ",";
            }
            from = places.end();
        }
        return out.append(encode(template.substring(from), LITERAL)).toString();
    }

    private static void check(String template) {
        Matcher places = PLACE.matcher(template);
        while (places.find()) {
            if (!PLACES.contains(places.group(1))) {
                throw new IllegalArgumentException(
                        "\"" + places.group() + "\" is not a place to fill; there are {isrc}, {ids} and {day}");
            }
        }
    }

    private static String encode(String text, String kept) {
        StringBuilder out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
