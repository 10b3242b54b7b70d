package dev.tactus.gateway.quota;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which requests are meant: those at a path or below it, with one of some methods.
///
/// @param path whole segments, such as `/v1/search`; `*` stands for any one segment; `/` is every path
/// @param methods upper case; none means all
/// @param ignoresCase whether `/V1/Search` is `/v1/search`, as some upstreams have it
public record RoutePattern(String path, Set<String> methods, boolean ignoresCase) {
    /// Every request.
    public static final RoutePattern ALL = new RoutePattern("/", Set.of());

    public RoutePattern {
        if (!path.startsWith("/") || path.contains("?") || path.contains("#")) {
            throw new IllegalArgumentException(
                    "\"" + path + "\" is not a path; it starts with /, such as /v1/search, and has no query");
        }
        for (String segment : path.split("/", -1)) {
            if (segment.contains("*") && segment.length() > 1) {
                throw new IllegalArgumentException("\"" + path + "\" is no pattern of paths: * stands for one whole"
                        + " segment, and a path means all that is below it, so that /v1 is /v1/search, too");
            }
        }
        for (String method : methods) {
            if (!method.matches("[A-Z]{1,20}")) {
                throw new IllegalArgumentException("\"" + method + "\" is not a method such as GET or POST");
            }
        }
        methods = Set.copyOf(methods);
    }

    /// One that minds the case of letters, as nearly all upstreams do.
    public RoutePattern(String path, Set<String> methods) {
        this(path, methods, false);
    }

    /// The same for upstreams that don't tell `/V1/Search` from `/v1/search`.
    public RoutePattern ignoringCase() {
        return equals(ALL) ? this : new RoutePattern(path, methods, true);
    }

    /// The path's segments without empty ones.
    public List<String> segments() {
        return List.of(path.substring(1).split("/", -1)).stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /// `GET|POST /v1/search`, or the path alone.
    @Override
    public String toString() {
        return methods.isEmpty()
                ? path
                : String.join("|", methods.stream().sorted().toList()).toUpperCase(Locale.ROOT) + " " + path;
    }
}
