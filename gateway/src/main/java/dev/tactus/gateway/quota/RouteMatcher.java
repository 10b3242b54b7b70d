package dev.tactus.gateway.quota;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Tells which routes a request is on.
///
/// Paths are compared as an upstream may read them: percent-decoded, without empty segments, `.` and `..` resolved;
/// so a limit isn't passed by spelling its path differently. Immutable.
final class RouteMatcher {
    static final int MOST = 64;

    private final List<RoutePattern> routes;
    private final List<List<String>> segments;

    RouteMatcher(List<RoutePattern> routes) {
        if (routes.size() > MOST) {
            throw new IllegalArgumentException("the limits of one application name more than " + MOST + " routes");
        }
        this.routes = List.copyOf(routes);
        this.segments = routes.stream().map(RoutePattern::segments).toList();
    }

    boolean isEmpty() {
        return routes.isEmpty();
    }

    /// One bit a route, the first lowest.
    long matching(HttpMethod method, String target) {
        List<String> path = segments(target);
        long matching = 0;
        for (int i = 0; i < routes.size(); i++) {
            if (isOn(i, method, path)) {
                matching |= 1L << i;
            }
        }
        return matching;
    }

    int indexOf(RoutePattern route) {
        return routes.indexOf(route);
    }

    private boolean isOn(int route, HttpMethod method, List<String> path) {
        List<String> wanted = segments.get(route);
        RoutePattern match = routes.get(route);
        if (path.size() < wanted.size()
                || (!match.methods().isEmpty() && !match.methods().contains(method.name()))) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).equals("*") && !wanted.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The segments of a request's target, in origin form.
    static List<String> segments(String target) {
        List<String> segments = new ArrayList<>();
        int query = target.indexOf('?');
        String path = decoded(query < 0 ? target : target.substring(0, query));
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            String segment = path.substring(from, to);
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
            from = to + 1;
        }
        return segments;
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = new byte[path.length()];
        int size = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int high = c == '%' && i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(path.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[size++] = (byte) c;
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
