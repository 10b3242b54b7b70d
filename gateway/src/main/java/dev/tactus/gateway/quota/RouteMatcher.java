package dev.tactus.gateway.quota;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/// Tells which routes a request is on.
///
/// Paths are compared as an upstream may read them, see [PathReadings], so that a limit isn't passed by spelling its
/// path differently. Immutable.
public final class RouteMatcher {
    static final int MOST = 64;

    private final List<RoutePattern> routes;
    private final List<List<String>> segments;

    /// Of at most 64.
    public RouteMatcher(List<RoutePattern> routes) {
        if (routes.size() > MOST) {
            throw new IllegalArgumentException("the limits of one application name more than " + MOST + " routes");
        }
        this.routes = List.copyOf(routes);
        this.segments = routes.stream().map(RoutePattern::segments).toList();
    }

    boolean isEmpty() {
        return routes.isEmpty();
    }

    /// The routes that a request is on however its path may be read; one bit a route, the first lowest.
    long matching(HttpMethod method, String target) {
        long matching = 0;
        for (long each : readings(method, target)) {
            matching |= each;
        }
        return matching;
    }

    /// The routes that a request is on, for each way of reading its path.
    public long[] readings(HttpMethod method, String target) {
        return PathReadings.of(target).stream()
                .mapToLong(path -> matching(method, path))
                .distinct()
                .toArray();
    }

    private long matching(HttpMethod method, List<String> path) {
        long matching = 0;
        for (int i = 0; i < routes.size(); i++) {
            if (isOn(i, method, path)) {
                matching |= 1L << i;
            }
        }
        return matching;
    }

    /// A path as those read it that see the most routes in it, each spelled as the route is.
    String strictest(HttpMethod method, String target) {
        List<String> strictest = List.of();
        int most = -1;
        for (List<String> path : PathReadings.of(target)) {
            long matching = matching(method, path);
            if (Long.bitCount(matching) > most) {
                most = Long.bitCount(matching);
                strictest = spelled(path, matching);
            }
        }
        return "/" + String.join("/", strictest);
    }

    private List<String> spelled(List<String> path, long matching) {
        List<String> spelled = new ArrayList<>(path);
        for (int i = 0; i < routes.size(); i++) {
            if ((matching >> i & 1) == 1 && routes.get(i).ignoresCase()) {
                for (int at = 0; at < segments.get(i).size(); at++) {
                    String own = segments.get(i).get(at);
                    spelled.set(at, own.equals("*") ? spelled.get(at) : own);
                }
            }
        }
        return spelled;
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
            boolean same = match.ignoresCase()
                    ? wanted.get(i).equalsIgnoreCase(path.get(i))
                    : wanted.get(i).equals(path.get(i));
            if (!wanted.get(i).equals("*") && !same) {
                return false;
            }
        }
        return true;
    }
}
