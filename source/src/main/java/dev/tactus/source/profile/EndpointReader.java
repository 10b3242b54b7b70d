package dev.tactus.source.profile;

import dev.tactus.music.Dataset;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import dev.tactus.source.contract.DailyCountMapper;
import dev.tactus.source.contract.ItemMapper;
import dev.tactus.source.contract.PayloadContract;
import dev.tactus.source.contract.PayloadFormat;
import dev.tactus.source.contract.TerritoryRowMapper;
import dev.tactus.source.contract.TrackMetadataMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JsonPointer;

/// Reads the endpoints of a profile: request, schemas, and where the fields stand.
final class EndpointReader {
    private static final int LARGEST_BATCH = 10_000;
    private static final List<String> CALL = List.of(
            "path", "endpoint", "query", "separator", "repeat", "format", "schema", "items", "item_schema", "pages");
    private static final String ANYTHING = "{}";

    private final ProfileLayers profile;
    private final Parameters parameters;
    private final SchemaCompiler schemas = new SchemaCompiler();

    EndpointReader(ProfileLayers profile, Parameters parameters) {
        this.profile = profile;
        this.parameters = parameters;
    }

    /// @param lands whether what it finds is kept, so that more than ids is needed
    SourceEndpoint resolve(ProfileLayers section, boolean lands) {
        section.only(plus("answers_tracks", "next"));
        return endpoint(section, 1, true, track(lands), Optional.empty());
    }

    /// @param resolved whether tracks have ids of their own, from a resolve step
    SourceEndpoint dataset(Dataset dataset, ProfileLayers section, boolean resolved) {
        boolean daily = dataset.isDaily();
        section.only(
                daily
                        ? plus("batch", "by", "day", "id", "isrc", "status", "rows", "group_by", "absent")
                        : plus("batch", "by"));
        boolean byIsrc = byIsrc(section, resolved);
        int batch = section.get("batch", value -> value.whole(1, LARGEST_BATCH), 1);
        Optional<JsonPointer> rows = daily
                ? section.requireSection("rows").find("items").map(found -> pointer(found.value()))
                : Optional.empty();
        ItemMapper mapper = daily ? metric(section, dataset) : track(true);
        SourceEndpoint endpoint = endpoint(section, batch, byIsrc, mapper, rows);
        if (daily
                && !endpoint.request().has("day")
                && section.requireSection("rows").find("day").isEmpty()) {
            throw section.bad("a dataset of days needs {day} in its path or query, or rows that tell their day");
        }
        if (batch > 1 && endpoint.items().isEmpty()) {
            throw section.bad("a batch of more than 1 needs items");
        }
        if (batch > 1 && (byIsrc ? mapper.isrc() : mapper.id()).isEmpty()) {
            throw section.bad("a batch of more than 1 needs items that tell their " + (byIsrc ? "isrc" : "id"));
        }
        return endpoint;
    }

    private SourceEndpoint endpoint(
            ProfileLayers section, int batch, boolean byIsrc, ItemMapper mapper, Optional<JsonPointer> rows) {
        ProfileLayers.Found path = section.require("path");
        RequestTemplate request = request(section, path.value());
        String wanted = byIsrc ? "isrc" : "ids";
        if (!request.has(wanted)) {
            throw section.bad("path or query needs {" + wanted + "}, else every call asks for the same");
        }
        Optional<JsonPointer> items = optional(section, "items");
        Optional<JsonPointer> groupBy = optional(section, "group_by");
        Optional<PayloadContract.CompiledSchema> item =
                section.find("item_schema").map(schemas::compile);
        if (items.isEmpty() && (item.isPresent() || groupBy.isPresent())) {
            throw section.bad("item_schema and group_by need items");
        }
        Optional<PageRule> pages = pages(section);
        Optional<JsonPointer> list = items.or(() -> rows);
        if (pages.isPresent() && list.isEmpty()) {
            throw section.bad("pages need items, or rows with items");
        }
        PayloadFormat format = section.get(
                "format", value -> value.oneOf(PayloadFormat.values(), EndpointReader::label), PayloadFormat.JSON);
        if (pages.isPresent() && format != PayloadFormat.JSON) {
            throw section.bad("only JSON comes in pages");
        }
        return new SourceEndpoint(
                section.get("endpoint", Value::text, request.path().replaceFirst("/[^/]*\\{.*", "")),
                request,
                batch,
                byIsrc,
                new PayloadShape(format, items, groupBy, list),
                new PayloadContract(
                        section.find("schema").map(schemas::compile).orElseGet(() -> schemas.compile(ANYTHING)), item),
                pages,
                optional(section, "day"),
                section.get(
                        "absent",
                        value -> value.oneOf(SourceEndpoint.Absent.values(), EndpointReader::label),
                        SourceEndpoint.Absent.MISSING),
                mapper);
    }

    private static Optional<PageRule> pages(ProfileLayers section) {
        Optional<ProfileLayers> found = section.section("pages");
        if (found.isEmpty()) {
            return optional(section, "next").map(PageRule.Address::new);
        }
        ProfileLayers yaml = found.get();
        Value kind = yaml.require("kind").value();
        return Optional.of(
                switch (kind.oneOf(PageKind.values(), EndpointReader::label)) {
                    case NEXT -> {
                        yaml.only("kind", "at");
                        yield new PageRule.Address(required(yaml, "at"));
                    }
                    case LINK -> {
                        yaml.only("kind");
                        yield new PageRule.Link();
                    }
                    case CURSOR -> {
                        yaml.only("kind", "parameter", "at");
                        yield new PageRule.Cursor(yaml.get("parameter", Value::text, "cursor"), required(yaml, "at"));
                    }
                    case NUMBER -> {
                        yaml.only("kind", "parameter", "first", "size", "last");
                        yield new PageRule.Numbered(
                                yaml.get("parameter", Value::text, "page"),
                                yaml.get("first", value -> value.whole(0, 1), 1),
                                size(yaml, "last"),
                                optional(yaml, "last"));
                    }
                    case OFFSET -> {
                        yaml.only("kind", "parameter", "size", "total");
                        yield new PageRule.Offset(
                                yaml.get("parameter", Value::text, "offset"),
                                size(yaml, "total"),
                                optional(yaml, "total"));
                    }
                });
    }

    private static int size(ProfileLayers yaml, String instead) {
        if (yaml.find("size").isEmpty() && yaml.find(instead).isEmpty()) {
            throw yaml.bad("how does it end? write size: how many items a full page has, or " + instead);
        }
        return yaml.get("size", value -> value.whole(1, 1_000_000), 1);
    }

    private enum PageKind {
        NEXT,
        LINK,
        CURSOR,
        NUMBER,
        OFFSET
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private RequestTemplate request(ProfileLayers section, Value path) {
        Map<String, String> query = new LinkedHashMap<>();
        section.section("query")
                .ifPresent(each -> each.keys()
                        .forEach(key -> query.put(
                                key, parameters.filled(each.require(key).value()))));
        return reading(
                path,
                () -> new RequestTemplate(
                        parameters.filled(path),
                        query,
                        section.get("separator", Value::text, ","),
                        section.get("repeat", Value::flag, false)));
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

    /// @param whole whether more than ids is needed of a track
    private TrackMetadataMapper track(boolean whole) {
        ProfileLayers track = profile.requireSection("track");
        track.only("id", "isrc", "title", "duration", "explicit", "artists", "album_id", "album_title", "release_date");
        Optional<ProfileLayers> artists = track.section("artists");
        artists.ifPresent(each -> each.only("items", "id", "name"));
        if (whole) {
            required(track, "title");
        }
        return new TrackMetadataMapper(
                optional(track, "id"),
                optional(track, "isrc"),
                optional(track, "title"),
                track.section("duration").map(EndpointReader::length),
                artists.flatMap(each -> optional(each, "items")),
                artists.flatMap(each -> optional(each, "id")),
                artists.map(each -> required(each, "name")),
                track.find("explicit").map(EndpointReader::flag),
                optional(track, "album_id"),
                optional(track, "album_title"),
                optional(track, "release_date"));
    }

    private static TrackMetadataMapper.Length length(ProfileLayers duration) {
        duration.only("pointer", "unit");
        Value unit = duration.require("unit").value();
        return new TrackMetadataMapper.Length(
                required(duration, "pointer"),
                switch (unit.text()) {
                    case "ms" -> 1;
                    case "s" -> 1000;
                    case "iso8601" -> 0;
                    default -> throw unit.bad("expected ms, s or iso8601, found \"" + unit.text() + "\"");
                });
    }

    private static TrackMetadataMapper.Flag flag(ProfileLayers.Found found) {
        if (!found.value().isSection()) {
            return new TrackMetadataMapper.Flag(pointer(found.value()), Optional.empty());
        }
        Section yaml = found.value().section();
        yaml.only("pointer", "equals");
        return new TrackMetadataMapper.Flag(
                pointer(yaml.require("pointer")),
                Optional.of(yaml.require("equals").text()));
    }

    private static DailyCountMapper metric(ProfileLayers section, Dataset dataset) {
        Map<String, DailyCountMapper.Status> statuses = new HashMap<>();
        Optional<ProfileLayers> status = section.section("status");
        status.ifPresent(yaml -> {
            yaml.only("pointer", "available", "unavailable", "pending");
            words(yaml, "available", DailyCountMapper.Status.AVAILABLE, statuses);
            words(yaml, "unavailable", DailyCountMapper.Status.UNAVAILABLE, statuses);
            words(yaml, "pending", DailyCountMapper.Status.PENDING, statuses);
        });
        return new DailyCountMapper(
                optional(section, "id"),
                optional(section, "isrc"),
                status.map(yaml -> required(yaml, "pointer")),
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
        List<String> keys = new ArrayList<>(List.of("items", "territory", "count", "failed", "day", "other_days"));
        if (dataset == Dataset.LISTENERS) {
            keys.add("demographics");
        }
        rows.only(keys.toArray(String[]::new));
        return new TerritoryRowMapper(
                optional(rows, "items"),
                where(rows.require("territory").value(), rows.find("items").isPresent()),
                required(rows, "count"),
                optional(rows, "failed"),
                optional(rows, "day"),
                rows.get(
                        "other_days",
                        value -> value.oneOf(TerritoryRowMapper.OtherDays.values(), EndpointReader::label),
                        TerritoryRowMapper.OtherDays.PENDING),
                rows.section("demographics").map(people -> {
                    people.only("items", "age", "gender", "count");
                    return new TerritoryRowMapper.DemographicMapper(
                            required(people, "items"),
                            required(people, "age"),
                            required(people, "gender"),
                            required(people, "count"));
                }));
    }

    /// A pointer, `{key}`, or a territory itself.
    private static TerritoryRowMapper.Where where(Value value, boolean several) {
        String text = value.text();
        if (text.startsWith("/")) {
            return new TerritoryRowMapper.Where.Field(pointer(value));
        }
        if (text.equals("{key}") && several) {
            return new TerritoryRowMapper.Where.Name();
        }
        if (text.matches("[A-Z]{2}")) {
            return new TerritoryRowMapper.Where.Fixed(text);
        }
        throw value.bad(
                "expected a JSON pointer such as /territory, {key}, or a territory such as WW, found \"" + text + "\"");
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
