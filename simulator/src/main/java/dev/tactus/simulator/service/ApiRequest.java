package dev.tactus.simulator.service;

import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.fault.SimulatedEndpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a request asks for, checked.
public sealed interface ApiRequest {
    int MOST_IDS = 50;

    record Search(Isrc isrc, int limit, int offset) implements ApiRequest {}

    record Tracks(List<String> ids) implements ApiRequest {}

    record Daily(SimulatedEndpoint endpoint, List<String> ids, LocalDate day) implements ApiRequest {}

    record DeezerTrack(Isrc isrc) implements ApiRequest {}

    record Malformed(String message) implements ApiRequest {}

    static ApiRequest read(SimulatedEndpoint endpoint, String path, Map<String, String> parameters) {
        return switch (endpoint) {
            case SEARCH -> search(parameters);
            case TRACKS -> tracks(parameters);
            case STREAMS, LISTENERS -> daily(endpoint, parameters);
            case DEEZER_TRACK -> deezer(path);
        };
    }

    private static ApiRequest search(Map<String, String> parameters) {
        String query = parameter(parameters, "q");
        if (!"track".equals(parameters.get("type"))) {
            return new Malformed("Missing or unsupported parameter: type (only track is served)");
        }
        if (!query.startsWith("isrc:")) {
            return new Malformed("Unsupported query: q (only isrc:{ISRC} is served)");
        }
        Optional<Isrc> isrc = isrc(query.substring("isrc:".length()));
        Optional<Integer> limit = number(parameters, "limit", 20, 1, 50);
        Optional<Integer> offset = number(parameters, "offset", 0, 0, 1_000);
        if (isrc.isEmpty()) {
            return new Malformed("Invalid ISRC in q");
        }
        if (limit.isEmpty() || offset.isEmpty()) {
            return new Malformed("Invalid " + (limit.isEmpty() ? "limit" : "offset"));
        }
        return new Search(isrc.get(), limit.get(), offset.get());
    }

    private static ApiRequest tracks(Map<String, String> parameters) {
        List<String> ids = ids(parameters);
        return fault(ids).<ApiRequest>map(Malformed::new).orElseGet(() -> new Tracks(ids));
    }

    private static ApiRequest daily(SimulatedEndpoint endpoint, Map<String, String> parameters) {
        List<String> ids = ids(parameters);
        Optional<String> fault = fault(ids);
        if (fault.isPresent()) {
            return new Malformed(fault.get());
        }
        try {
            return new Daily(endpoint, ids, LocalDate.parse(parameter(parameters, "date")));
        } catch (DateTimeParseException e) {
            return new Malformed("Invalid date: YYYY-MM-DD is needed");
        }
    }

    private static ApiRequest deezer(String path) {
        String raw = path.substring(SimulatedEndpoint.DEEZER_TRACK.path().length());
        return isrc(raw).<ApiRequest>map(DeezerTrack::new).orElseGet(() -> new Malformed("Invalid ISRC"));
    }

    /// A path with its escapes resolved; unchanged where they are broken.
    static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static Optional<String> fault(List<String> ids) {
        if (ids.isEmpty()) {
            return Optional.of("Missing parameter: ids");
        }
        return ids.size() > MOST_IDS ? Optional.of("Too many ids requested: at most " + MOST_IDS) : Optional.empty();
    }

    private static List<String> ids(Map<String, String> parameters) {
        String ids = parameter(parameters, "ids");
        return ids.isEmpty() ? List.of() : List.of(ids.split(",", -1));
    }

    private static Optional<Isrc> isrc(String raw) {
        try {
            return Optional.of(Isrc.parse(raw));
        } catch (InvalidIsrc e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(
            Map<String, String> parameters, String name, int otherwise, int min, int max) {
        String text = parameter(parameters, name);
        if (text.isEmpty()) {
            return Optional.of(otherwise);
        }
        return Optional.of(text)
                .filter(digits -> digits.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .filter(value -> value >= min && value <= max);
    }

    private static String parameter(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        return value == null ? "" : value;
    }
}
