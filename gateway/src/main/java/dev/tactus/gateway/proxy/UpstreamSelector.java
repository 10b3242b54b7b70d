package dev.tactus.gateway.proxy;

import dev.tactus.gateway.quota.RouteMatcher;
import dev.tactus.gateway.quota.RoutePattern;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which of several upstreams a request is for: the one with its host before those with any, of these the one with the
/// longest path. A path that different readers would take to different upstreams is for none of them. Immutable.
public final class UpstreamSelector {
    private final List<Route> routes;
    private final RouteMatcher paths;

    /// One upstream and what is for it.
    ///
    /// @param host in small letters; `*.example.com` is any name below that; any host where empty
    public record Route(Optional<String> host, RoutePattern path, RuntimeConfig config) {
        private boolean takes(String asked) {
            return host.isEmpty()
                    || host.get().equals(asked)
                    || (host.get().startsWith("*.") && asked.endsWith(host.get().substring(1)));
        }
    }

    /// What was found for a request.
    sealed interface FoundRoute {
        /// The one that it is for.
        record Only(RuntimeConfig config) implements FoundRoute {}

        /// No upstream has such a host and path.
        record None() implements FoundRoute {}

        /// Its path can be read in several ways, which lead to different upstreams.
        record Ambiguous() implements FoundRoute {}
    }

    public UpstreamSelector(List<Route> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparing((Route route) -> route.host().isEmpty())
                        .thenComparing(route -> route.path().segments().size(), Comparator.reverseOrder()))
                .toList();
        paths = new RouteMatcher(this.routes.stream().map(Route::path).toList());
    }

    /// All configurations.
    public List<RuntimeConfig> configs() {
        return routes.stream().map(Route::config).toList();
    }

    /// What a request is handled by.
    FoundRoute select(HttpRequest request) {
        String host = host(request.headers().get(HttpHeaderNames.HOST, ""));
        long[] readings = paths.readings(request.method(), request.uri());
        Optional<Route> found = first(host, readings[0]);
        for (long matching : readings) {
            if (!first(host, matching).equals(found)) {
                return new FoundRoute.Ambiguous();
            }
        }
        return found.<FoundRoute>map(route -> new FoundRoute.Only(route.config()))
                .orElseGet(FoundRoute.None::new);
    }

    private Optional<Route> first(String host, long matching) {
        for (int i = 0; i < routes.size(); i++) {
            if ((matching >> i & 1) == 1 && routes.get(i).takes(host)) {
                return Optional.of(routes.get(i));
            }
        }
        return Optional.empty();
    }

    private static String host(String field) {
        int port = field.lastIndexOf(':');
        String name = port > field.lastIndexOf(']') ? field.substring(0, port) : field;
        return name.toLowerCase(Locale.ROOT);
    }
}
