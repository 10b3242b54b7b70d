package dev.tactus.lake.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.rest.Endpoint;

/// What a client can ask for, by method and path (<https://iceberg.apache.org/rest-catalog-spec/>).
enum CatalogRoute {
    CONFIG(Endpoint.create("GET", "/v1/config"), false),
    LIST_NAMESPACES(Endpoint.V1_LIST_NAMESPACES, false),
    LOAD_NAMESPACE(Endpoint.V1_LOAD_NAMESPACE, false),
    NAMESPACE_EXISTS(Endpoint.V1_NAMESPACE_EXISTS, false),
    CREATE_NAMESPACE(Endpoint.V1_CREATE_NAMESPACE, true),
    UPDATE_NAMESPACE(Endpoint.V1_UPDATE_NAMESPACE, true),
    DROP_NAMESPACE(Endpoint.V1_DELETE_NAMESPACE, true),
    LIST_TABLES(Endpoint.V1_LIST_TABLES, false),
    LOAD_TABLE(Endpoint.V1_LOAD_TABLE, false),
    TABLE_EXISTS(Endpoint.V1_TABLE_EXISTS, false),
    CREATE_TABLE(Endpoint.V1_CREATE_TABLE, true),
    REGISTER_TABLE(Endpoint.V1_REGISTER_TABLE, true),
    UPDATE_TABLE(Endpoint.V1_UPDATE_TABLE, true),
    DROP_TABLE(Endpoint.V1_DELETE_TABLE, true),
    RENAME_TABLE(Endpoint.V1_RENAME_TABLE, true),
    COMMIT_TRANSACTION(Endpoint.V1_COMMIT_TRANSACTION, true);

    private final String method;
    private final String path;
    private final boolean change;

    CatalogRoute(Endpoint endpoint, boolean change) {
        this.method = endpoint.httpMethod();
        this.path = endpoint.path();
        this.change = change;
    }

    /// A route, and what stands in its path in place of names in braces, as it was sent.
    record Found(CatalogRoute route, List<String> names) {
        Found {
            names = List.copyOf(names);
        }
    }

    /// The route of a request; absent where there is none.
    ///
    /// @param path not yet decoded
    static Optional<Found> of(String method, String path) {
        List<String> asked = List.of(path.split("/", -1));
        return Arrays.stream(values())
                .filter(route -> route.method.equals(method))
                .flatMap(route -> route.names(asked).map(names -> new Found(route, names)).stream())
                .findFirst();
    }

    private Optional<List<String>> names(List<String> asked) {
        List<String> parts = List.of(path.replace("/{prefix}", "").split("/", -1));
        if (asked.size() != parts.size()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).startsWith("{") && !asked.get(i).isEmpty()) {
                names.add(asked.get(i));
            } else if (!parts.get(i).equals(asked.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    /// Those that clients are told of; what is not among them they don't ask for.
    static List<Endpoint> told(boolean writable) {
        return Arrays.stream(values())
                .filter(route -> route != CONFIG && (writable || !route.change))
                .map(route -> Endpoint.create(route.method, route.path))
                .toList();
    }

    boolean isChange() {
        return change;
    }
}
