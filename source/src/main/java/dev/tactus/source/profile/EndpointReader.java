package dev.tactus.source.profile;

import dev.tactus.music.Dataset;
import dev.tactus.settings.Value;
import dev.tactus.source.contract.DailyCountMapper;
import dev.tactus.source.contract.ItemMapper;
import dev.tactus.source.contract.PayloadContract;
import dev.tactus.source.contract.TerritoryRowMapper;
import dev.tactus.source.contract.TrackMetadataMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JsonPointer;

/// Reads the endpoints of a profile: request, schemas, and where the fields stand.
final class EndpointReader {
    private static final int LARGEST_BATCH = 10_000;
    private static final List<String> CALL = List.of("path", "endpoint", "query", "schema", "items", "item_schema");

    private final ProfileLayers profile;
    private final Parameters parameters;
    private final SchemaCompiler schemas = new SchemaCompiler();

    EndpointReader(ProfileLayers profile, Parameters parameters) {
        this.profile = profile;
        this.parameters = parameters;
    }

    SourceEndpoint resolve(ProfileLayers section) {
        section.only(plus("answers_tracks", "next"));
        return endpoint(section, 1, true, track());
    }

    /// @param resolved whether tracks have ids of their own, from a resolve step
    SourceEndpoint dataset(Dataset dataset, ProfileLayers section, boolean resolved) {
        boolean daily = dataset.isDaily();
        section.only(daily ? plus("batch", "by", "day", "id", "isrc", "status", "rows") : plus("batch", "by"));
        boolean byIsrc = byIsrc(section, resolved);
        int batch = section.get("batch", value -> value.whole(1, LARGEST_BATCH), 1);
        ItemMapper mapper = daily ? metric(section, dataset) : track();
        SourceEndpoint endpoint = endpoint(section, batch, byIsrc, mapper);
        if (daily && !endpoint.request().has("day")) {
            throw section.bad("a dataset of days needs {day} in its path or query");
        }
        if (batch > 1 && endpoint.items().isEmpty()) {
            throw section.bad("a batch of more than 1 needs items");
        }
        return endpoint;
    }

    private SourceEndpoint endpoint(ProfileLayers section, int batch, boolean byIsrc, ItemMapper mapper) {
        ProfileLayers.Found path = section.require("path");
        RequestTemplate request = request(section, path.value());
        String wanted = byIsrc ? "isrc" : "ids";
        if (!request.has(wanted)) {
            throw section.bad("path or query needs {" + wanted + "}, else every call asks for the same");
        }
        Optional<JsonPointer> items = section.find("items").map(found -> pointer(found.value()));
        Optional<PayloadContract.CompiledSchema> item =
                section.find("item_schema").map(schemas::compile);
        if (items.isPresent() != item.isPresent()) {
            throw section.bad("items and item_schema belong together");
        }
        return new SourceEndpoint(
                section.get("endpoint", Value::text, request.path().replaceFirst("/[^/]*\\{.*", "")),
                request,
                batch,
                byIsrc,
                new PayloadContract(schemas.compile(section.require("schema")), item),
                items,
                optional(section, "next"),
                section.find("day").map(found -> pointer(found.value())),
                mapper);
    }

    private RequestTemplate request(ProfileLayers section, Value path) {
        Map<String, String> query = new LinkedHashMap<>();
        section.section("query")
                .ifPresent(each -> each.keys()
                        .forEach(key -> query.put(
                                key, parameters.filled(each.require(key).value()))));
        return reading(path, () -> new RequestTemplate(parameters.filled(path), query));
    }

    private static boolean byIsrc(ProfileLayers section, boolean resolved) {
        Optional<ProfileLayers.Found> by = section.find("by");
        String chosen = by.map(found -> found.value().text()).orElse(resolved ? "id" : "isrc");
        if (!chosen.equals("id") && !chosen.equals("isrc")) {
            throw by.orElseThrow().value().bad("expected id or isrc, found \"" + chosen + "\"");
        }
        if (chosen.equals("id") && !resolved) {
            throw section.bad("without a resolve step there are no ids; write by: isrc");
        }
        if (chosen.equals("isrc") && resolved) {
            throw by.orElseThrow()
                    .value()
                    .bad("with a resolve step tracks are requested by the ids that it finds; leave out one of the two");
        }
        return chosen.equals("isrc");
    }

    private TrackMetadataMapper track() {
        ProfileLayers track = profile.requireSection("track");
        track.only("id", "isrc", "title", "duration", "explicit", "artists", "album_id", "album_title", "release_date");
        ProfileLayers duration = track.requireSection("duration");
        duration.only("pointer", "unit");
        Value unit = duration.require("unit").value();
        long unitMs = switch (unit.text()) {
            case "ms" -> 1;
            case "s" -> 1000;
            default -> throw unit.bad("expected ms or s, found \"" + unit.text() + "\"");
        };
        ProfileLayers artists = track.requireSection("artists");
        artists.only("items", "id", "name");
        return new TrackMetadataMapper(
                required(track, "id"),
                required(track, "isrc"),
                required(track, "title"),
                required(duration, "pointer"),
                unitMs,
                required(artists, "items"),
                optional(artists, "id"),
                required(artists, "name"),
                optional(track, "explicit"),
                optional(track, "album_id"),
                optional(track, "album_title"),
                optional(track, "release_date"));
    }

    private static DailyCountMapper metric(ProfileLayers section, Dataset dataset) {
        ProfileLayers status = section.requireSection("status");
        status.only("pointer", "available", "unavailable", "pending");
        Map<String, DailyCountMapper.Status> statuses = new HashMap<>();
        words(status, "available", DailyCountMapper.Status.AVAILABLE, statuses);
        words(status, "unavailable", DailyCountMapper.Status.UNAVAILABLE, statuses);
        words(status, "pending", DailyCountMapper.Status.PENDING, statuses);
        return new DailyCountMapper(
                required(section, "id"),
                required(section, "isrc"),
                required(status, "pointer"),
                statuses,
                rows(section.requireSection("rows"), dataset),
                dataset);
    }

    private static void words(
            ProfileLayers status,
            String key,
            DailyCountMapper.Status means,
            Map<String, DailyCountMapper.Status> statuses) {
        status.find(key).ifPresent(found -> {
            for (Value word : found.value().list()) {
                if (statuses.put(word.text(), means) != null) {
                    throw word.bad("\"" + word.text() + "\" can mean only one status");
                }
            }
        });
    }

    private static TerritoryRowMapper rows(ProfileLayers rows, Dataset dataset) {
        if (dataset == Dataset.LISTENERS) {
            rows.only("items", "territory", "count", "failed", "demographics");
        } else {
            rows.only("items", "territory", "count", "failed");
        }
        return new TerritoryRowMapper(
                required(rows, "items"),
                required(rows, "territory"),
                required(rows, "count"),
                optional(rows, "failed"),
                rows.section("demographics").map(people -> {
                    people.only("items", "age", "gender", "count");
                    return new TerritoryRowMapper.DemographicMapper(
                            required(people, "items"),
                            required(people, "age"),
                            required(people, "gender"),
                            required(people, "count"));
                }));
    }

    private static JsonPointer required(ProfileLayers section, String key) {
        return pointer(section.require(key).value());
    }

    private static Optional<JsonPointer> optional(ProfileLayers section, String key) {
        return section.find(key).map(found -> pointer(found.value()));
    }

    static JsonPointer pointer(Value value) {
        if (!value.text().startsWith("/")) {
            throw value.bad("expected a JSON pointer such as /tracks/items, found \"" + value.text() + "\"");
        }
        return reading(value, () -> JsonPointer.compile(value.text()));
    }

    private static <T> T reading(Value value, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw value.bad(String.valueOf(e.getMessage()));
        }
    }

    private static String[] plus(String... more) {
        List<String> keys = new ArrayList<>(CALL);
        keys.addAll(List.of(more));
        return keys.toArray(String[]::new);
    }
}
