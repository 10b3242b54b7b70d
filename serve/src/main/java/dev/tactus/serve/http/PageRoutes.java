package dev.tactus.serve.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Which handler answers which path. A pattern such as `/runs/*` takes exactly one more part. Not thread-safe while
/// routes are added.
public final class PageRoutes implements PageHandler {
    private record Route(String method, List<String> parts, PageHandler handler) {
        boolean fits(List<String> path) {
            if (path.size() != parts.size()) {
                return false;
            }
            for (int i = 0; i < parts.size(); i++) {
                boolean any = parts.get(i).equals("*") && !path.get(i).isEmpty();
                if (!any && !parts.get(i).equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Route> routes = new ArrayList<>();

    public PageRoutes get(String pattern, PageHandler handler) {
        routes.add(new Route("GET", parts(pattern), handler));
        return this;
    }

    public PageRoutes post(String pattern, PageHandler handler) {
        routes.add(new Route("POST", parts(pattern), handler));
        return this;
    }

    @Override
    public PageResponse handle(PageRequest request) throws IOException, InterruptedException {
        List<String> path = parts(request.path());
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (route.fits(path)) {
                if (route.method.equals(request.method())) {
                    return route.handler.handle(request);
                }
                methods.add(route.method);
            }
        }
        throw methods.isEmpty()
                ? new PageProblem(404, "there is nothing at " + request.path())
                : new PageProblem(405, request.path() + " takes " + String.join(" and ", methods) + " only");
    }

    /// The last part of a path, which a pattern's `*` stands for.
    public static String last(PageRequest request) {
        return parts(request.path()).getLast();
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/", -1));
    }
}
