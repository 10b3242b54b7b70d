package dev.tactus.source;

import dev.tactus.music.Dataset;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where a track's counts of a day stand in an item.
///
/// @param statuses what the text at `status` means
record MetricMapping(
        JsonPointer id,
        JsonPointer isrc,
        JsonPointer status,
        Map<String, Status> statuses,
        RowMapping rows,
        Dataset dataset)
        implements ItemMapping {

    /// Whether a day is there.
    enum Status {
        AVAILABLE,
        UNAVAILABLE,
        PENDING
    }

    MetricMapping {
        statuses = Map.copyOf(statuses);
    }

    @Override
    public Reading read(JsonNode item, String at) {
        String written = Fields.requireText(item, status, at);
        Status found = statuses.get(written);
        if (found == null) {
            throw new AgainstContract(
                    at + status, "schema", "expected one of " + statuses.keySet() + ", found " + written);
        }
        return switch (found) {
            case UNAVAILABLE -> new Reading.Unavailable();
            case PENDING -> new Reading.Pending();
            case AVAILABLE -> rows.read(item, at, dataset);
        };
    }
}
