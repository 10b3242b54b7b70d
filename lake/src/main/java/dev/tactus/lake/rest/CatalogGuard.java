package dev.tactus.lake.rest;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;

/// What no client may do with a catalog that can be written, whatever its token: write or read files outside of the
/// lake by this process's hand, or take Tactus' own tables away.
///
/// @param own the namespace of Tactus' own tables
/// @param warehouse where the lake is
record CatalogGuard(Namespace own, String warehouse) {
    /// Properties of a table that say where this process, or others, put its files.
    private static final Set<String> PLACES =
            Set.of("write.metadata.path", "write.data.path", "write.object-storage.path", "write.folder-storage.path");

    void requireNotOwn(Namespace namespace) {
        if (namespace.equals(own)) {
            throw new ForbiddenException("Tactus' own tables in %s can't be made, renamed or dropped from here", own);
        }
    }

    void require(CreateTableRequest request) {
        requireName(Namespace.empty(), request.name());
        if (request.location() != null) {
            requireInside(request.location());
        }
        require(request.properties());
    }

    void require(UpdateTableRequest request) {
        if (request.identifier() != null) {
            requireName(request.identifier().namespace(), request.identifier().name());
        }
        for (MetadataUpdate update : request.updates()) {
            if (update instanceof MetadataUpdate.SetLocation moved) {
                requireInside(moved.location());
            } else if (update instanceof MetadataUpdate.SetProperties set) {
                require(set.updated());
            }
        }
    }

    private void require(Map<String, String> properties) {
        properties.forEach((name, value) -> {
            if (PLACES.contains(name)) {
                requireInside(value);
            }
        });
    }

    /// Refuses a place that is not below the lake's.
    void requireInside(String location) {
        String place = location.startsWith("file:") ? location.replaceFirst("^file:/*", "/") : location;
        boolean inside = place.startsWith(warehouse + "/");
        if (!inside || Arrays.stream(place.split("/", -1)).anyMatch(CatalogGuard::climbs)) {
            throw new ForbiddenException("%s is not inside the lake %s", location, warehouse);
        }
    }

    /// Refuses names that would become folders elsewhere: those of new tables are made of them.
    void requireName(Namespace namespace, String... more) {
        Stream.concat(Arrays.stream(namespace.levels()), Arrays.stream(more)).forEach(name -> {
            if (name.isEmpty() || climbs(name) || name.chars().anyMatch(c -> c < ' ' || c == '/' || c == '\\')) {
                throw new IllegalArgumentException("'" + name + "' can't be the name of a namespace or a table");
            }
        });
    }

    private static boolean climbs(String part) {
        return part.equals("..") || part.equals(".");
    }
}
