package dev.tactus.source.contract;

import dev.tactus.music.Dataset;
import dev.tactus.source.response.TrackOutcome;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where a track's counts of a day stand in an item.
///
/// @param statuses what the text at `status` means
public record DailyCountMapper(
        JsonPointer id,
        JsonPointer isrc,
        JsonPointer status,
        Map<String, Status> statuses,
        TerritoryRowMapper rows,
        Dataset dataset)
        implements ItemMapper {

    /// Whether a day is there.
    public enum Status {
        AVAILABLE,
        UNAVAILABLE,
        PENDING
    }

    public DailyCountMapper {
        statuses = Map.copyOf(statuses);
    }

    @Override
    public TrackOutcome read(JsonNode item, String at) {
        String written = JsonFields.requireText(item, status, at);
        Status found = statuses.get(written);
        if (found == null) {
            throw new ContractViolation(
                    at + status, "schema", "expected one of " + statuses.keySet() + ", found " + written);
        }
        return switch (found) {
            case UNAVAILABLE -> new TrackOutcome.Unavailable();
            case PENDING -> new TrackOutcome.Pending();
            case AVAILABLE -> rows.read(item, at, dataset);
        };
    }
}
