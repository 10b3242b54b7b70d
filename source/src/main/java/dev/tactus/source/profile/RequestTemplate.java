package dev.tactus.source.profile;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A path and a query with places for `{isrc}`, `{ids}`, `{day}` and `{next_day}`; renders them percent-encoded (RFC
/// 3986). A day may be written by a pattern: `{day:yyyy/MM/dd}`.
///
/// @param path starts with a slash
/// @param query in the order sent
/// @param separator what stands between several values
/// @param repeat whether a parameter with several values is repeated instead
record RequestTemplate(String path, Map<String, String> query, String separator, boolean repeat) {
    static final List<String> PLACES = List.of("isrc", "ids", "day", "next_day");

    private static final Pattern PLACE = Pattern.compile("\\{([^}]*)}");
    private static final String UNRESERVED = "-._~";
    private static final String LITERAL = UNRESERVED + ":,@/!*$'();";

    RequestTemplate {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash: " + path);
        }
        if (repeat && (path.contains("{isrc}") || path.contains("{ids}"))) {
            throw new IllegalArgumentException("what stands in the path can't be repeated");
        }
        check(path);
        query.values().forEach(RequestTemplate::check);
    }

    /// Values are joined by commas.
    RequestTemplate(String path, Map<String, String> query) {
        this(path, query, ",", false);
    }

    /// Whether `{place}` stands anywhere.
    boolean has(String place) {
        return Stream.concat(Stream.of(path), query.values().stream())
                .anyMatch(text -> PLACE.matcher(text)
                        .results()
                        .anyMatch(found -> name(found.group(1)).equals(place)));
    }

    private static String name(String place) {
        return place.replaceFirst(":.*", "");
    }

    /// Path and query with every place filled.
    String render(Map<String, List<String>> values, LocalDate day) {
        StringBuilder out = new StringBuilder(fill(path, values, day));
        char before = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            for (Map<String, List<String>> each : repeated(parameter.getValue(), values)) {
                out.append(before)
                        .append(encode(parameter.getKey(), UNRESERVED))
                        .append('=')
                        .append(fill(parameter.getValue(), each, day));
                before = '&';
            }
        }
        return out.toString();
    }

    private List<Map<String, List<String>>> repeated(String template, Map<String, List<String>> values) {
        Matcher places = PLACE.matcher(template);
        if (!repeat || !places.find() || !values.containsKey(places.group(1))) {
            return List.of(values);
        }
        String place = places.group(1);
        return values.getOrDefault(place, List.of()).stream()
                .map(one -> Map.of(place, List.of(one)))
                .toList();
    }

    private String fill(String template, Map<String, List<String>> values, LocalDate day) {
        StringBuilder out = new StringBuilder();
        Matcher places = PLACE.matcher(template);
        int from = 0;
        while (places.find()) {
            out.append(encode(template.substring(from, places.start()), LITERAL));
            String place = places.group(1);
            String between = "";
            for (String value : values.getOrDefault(place, List.of())) {
                out.append(between).append(encode(value, UNRESERVED));
                between = separator.equals(",") ? separator : encode(separator, LITERAL);
            }
            if (!values.containsKey(place)) {
                out.append(encode(written(place, day), LITERAL));
            }
            from = places.end();
        }
        return out.append(encode(template.substring(from), LITERAL)).toString();
    }

    private static String written(String place, LocalDate day) {
        LocalDate which = name(place).equals("next_day") ? day.plusDays(1) : day;
        int colon = place.indexOf(':');
        return colon < 0
                ? which.toString()
                : DateTimeFormatter.ofPattern(place.substring(colon + 1), Locale.ROOT)
                        .format(which);
    }

    private static void check(String template) {
        Matcher places = PLACE.matcher(template);
        while (places.find()) {
            String place = places.group(1);
            if (!PLACES.contains(name(place))
                    || (place.contains(":") && !name(place).endsWith("day"))) {
                throw new IllegalArgumentException("\"" + places.group()
                        + "\" is not a place to fill; there are {isrc}, {ids} and {day}, {next_day},"
                        + " {day:yyyy/MM/dd}, and the profile's parameters");
            }
            if (place.contains(":")) {
                // a pattern that is wrong is told here
                String _ = written(place, LocalDate.EPOCH);
            }
        }
    }

    static String encoded(String text) {
        return encode(text, UNRESERVED);
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
