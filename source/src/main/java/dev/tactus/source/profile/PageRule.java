package dev.tactus.source.profile;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// How the next page of an answer is asked for.
public sealed interface PageRule {
    /// The query of the next page; empty after the last.
    ///
    /// @param query of this page
    /// @param items how many stand on it
    /// @param link the header `Link`, where there is one
    Optional<String> next(String query, JsonNode payload, int items, @Nullable String link);

    /// The answer holds the address of the next page.
    record Address(JsonPointer pointer) implements PageRule {
        @Override
        public Optional<String> next(String query, JsonNode payload, int items, @Nullable String link) {
            JsonNode url = payload.at(pointer);
            return url.isString() ? queryOf(url.stringValue()) : Optional.empty();
        }
    }

    /// The header `Link` holds it (RFC 8288).
    record Link() implements PageRule {
        private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*rel=\"?next\"?");

        @Override
        public Optional<String> next(String query, JsonNode payload, int items, @Nullable String link) {
            Matcher found = NEXT.matcher(link == null ? "" : link);
            return found.find() ? queryOf(found.group(1)) : Optional.empty();
        }
    }

    /// The answer holds a cursor that the next request repeats.
    record Cursor(String parameter, JsonPointer pointer) implements PageRule {
        @Override
        public Optional<String> next(String query, JsonNode payload, int items, @Nullable String link) {
            JsonNode cursor = payload.at(pointer);
            String value = cursor.isValueNode() ? cursor.asString("") : "";
            return value.isEmpty() || items == 0 ? Optional.empty() : Optional.of(with(query, parameter, value));
        }
    }

    /// Pages are numbered.
    ///
    /// @param size items on a full page; a page with fewer is the last
    /// @param last where the answer holds the number of the last page, where it does
    record Numbered(String parameter, int first, int size, Optional<JsonPointer> last) implements PageRule {
        @Override
        public Optional<String> next(String query, JsonNode payload, int items, @Nullable String link) {
            long page = number(query, parameter, first);
            boolean ended =
                    last.map(pointer -> page >= payload.at(pointer).asLong(0)).orElse(items < size);
            return ended || items == 0
                    ? Optional.empty()
                    : Optional.of(with(query, parameter, Long.toString(page + 1)));
        }
    }

    /// Pages begin at the item of a number.
    ///
    /// @param total where the answer holds how many items there are, where it does
    record Offset(String parameter, int size, Optional<JsonPointer> total) implements PageRule {
        @Override
        public Optional<String> next(String query, JsonNode payload, int items, @Nullable String link) {
            long from = number(query, parameter, 0) + items;
            boolean ended =
                    total.map(pointer -> from >= payload.at(pointer).asLong(0)).orElse(items < size);
            return ended || items == 0 ? Optional.empty() : Optional.of(with(query, parameter, Long.toString(from)));
        }
    }

    private static Optional<String> queryOf(String url) {
        return Optional.of(url.substring(url.indexOf('?') + 1)).filter(query -> !query.isEmpty());
    }

    private static long number(String query, String parameter, long otherwise) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.matches(Pattern.quote(parameter) + "=[0-9]{1,15}"))
                .map(pair -> Long.parseLong(pair.substring(parameter.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }

    private static String with(String query, String parameter, String value) {
        String name = RequestTemplate.encoded(parameter) + "=";
        return Stream.concat(
                        Arrays.stream(query.split("&")).filter(pair -> !pair.isEmpty() && !pair.startsWith(name)),
                        Stream.of(name + RequestTemplate.encoded(value)))
                .collect(Collectors.joining("&"));
    }
}
