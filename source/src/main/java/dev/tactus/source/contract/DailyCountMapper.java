package dev.tactus.source.contract;

import dev.tactus.music.Dataset;
import dev.tactus.source.response.TrackOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where a track's counts of a day stand in an item.
///
/// @param statuses what the text at `status` means; without a status a day is there
public record DailyCountMapper(
        Optional<JsonPointer> id,
        Optional<JsonPointer> isrc,
        Optional<JsonPointer> status,
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
    public TrackOutcome read(JsonNode item, String at, Asked asked) {
        return switch (status(item, at)) {
            case UNAVAILABLE -> new TrackOutcome.Unavailable();
            case PENDING -> new TrackOutcome.Pending();
            case AVAILABLE -> rows.read(item, at, dataset, asked.day());
        };
    }

    @Override
    public TrackOutcome empty() {
        return rows.empty(dataset);
    }

    @Override
    public Map<String, JsonPointer> pointers() {
        Map<String, JsonPointer> pointers = new LinkedHashMap<>();
        id.ifPresent(pointer -> pointers.put("id", pointer));
        isrc.ifPresent(pointer -> pointers.put("isrc", pointer));
        status.ifPresent(pointer -> pointers.put("status", pointer));
        pointers.put("rows", rows.items().orElse(JsonPointer.empty()));
        return pointers;
    }

    private Status status(JsonNode item, String at) {
        if (status.isEmpty()) {
            return Status.AVAILABLE;
        }
        String written = JsonFields.requireText(item, status.get(), at);
        Status found = statuses.get(written);
        if (found == null) {
            throw new ContractViolation(
                    at + status.get(), "schema", "expected one of " + statuses.keySet() + ", found " + written);
        }
        return found;
    }
}
