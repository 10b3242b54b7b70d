package dev.tactus.source;

import dev.tactus.music.Track;
import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.contract.ContractViolation;
import dev.tactus.source.contract.ItemMapper;
import dev.tactus.source.contract.JsonFields;
import dev.tactus.source.profile.SourceEndpoint;
import dev.tactus.source.response.FetchResult;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.TrackOutcome;
import dev.tactus.source.response.TrackResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Reads the payloads of an endpoint: validates the envelope, then each item by itself, and matches the items to the
/// requested tracks. Thread-safe.
final class ResponseReader {
    /// What may stand in a query (RFC 3986, 3.4).
    private static final Pattern QUERY = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})+");

    private final SourceEndpoint endpoint;
    private final UnknownFieldLog unknown;

    ResponseReader(SourceEndpoint endpoint, UnknownFieldLog unknown) {
        this.endpoint = endpoint;
        this.unknown = unknown;
    }

    ResolveResult resolve(Isrc requested, JsonNode payload, RecordedExchange exchange) {
        return resolve(requested, payload, exchange, endpoint.nextPage(exchange.request(), payload, null));
    }

    /// @param found the query of the next page, as the response names it
    ResolveResult resolve(Isrc requested, JsonNode payload, RecordedExchange exchange, Optional<String> found) {
        Optional<String> next = found;
        Optional<PayloadRejection> envelope = envelope(payload);
        if (envelope.isPresent()) {
            return new ResolveResult.Rejected(List.of(envelope.get()), exchange);
        }
        Map<String, Track> tracks = new LinkedHashMap<>();
        List<PayloadRejection> rejections = new ArrayList<>();
        TreeSet<String> contradicted = new TreeSet<>();
        for (Item item : items(payload)) {
            switch (read(item, new ItemMapper.Asked(RequestedTrack.byIsrc(requested), LocalDate.EPOCH))) {
                case TrackOutcome.TrackFound(Track track) -> {
                    Track other = tracks.putIfAbsent(track.id(), track);
                    if (other != null && !other.equals(track)) {
                        contradicted.add(track.id());
                        rejections.add(twice(item.pointer(), track.id()));
                    }
                }
                case TrackOutcome.Rejected(PayloadRejection rejection) -> rejections.add(rejection);
                case TrackOutcome other -> throw new IllegalStateException("a resolve step reads tracks, not " + other);
            }
        }
        contradicted.forEach(tracks::remove);
        if (next.isPresent() && !QUERY.matcher(next.get()).matches()) {
            rejections.add(new PayloadRejection("", "schema", "its next page is none that can be requested"));
            next = Optional.empty();
        }
        if (!tracks.isEmpty()) {
            return new ResolveResult.Found(List.copyOf(tracks.values()), rejections, next, exchange);
        }
        return rejections.isEmpty()
                ? new ResolveResult.Empty(exchange)
                : new ResolveResult.Rejected(rejections, exchange);
    }

    FetchResult fetch(List<RequestedTrack> requested, LocalDate day, JsonNode payload, RecordedExchange exchange) {
        Optional<PayloadRejection> rejection = envelope(payload).or(() -> otherDay(payload, day));
        if (rejection.isPresent()) {
            return new FetchResult.Rejected(rejection.get(), exchange);
        }
        return new FetchResult.Fetched(new BatchMatcher(requested, day, payload).responses(), exchange);
    }

    /// One item that is not null, and where it stands.
    private record Item(JsonNode value, int index, String pointer) {}

    /// The items of one response beside the requested tracks.
    private final class BatchMatcher {
        private final Map<String, RequestedTrack> requested = new LinkedHashMap<>();
        private final LocalDate day;
        private final List<Item> items;
        private final boolean sameLength;
        private final Map<RequestedTrack, Map<String, TrackOutcome>> found = new LinkedHashMap<>();

        BatchMatcher(List<RequestedTrack> tracks, LocalDate day, JsonNode payload) {
            this.day = day;
            tracks.forEach(track -> requested.putIfAbsent(requestedAs(track), track));
            this.items = items(payload);
            this.sameLength =
                    endpoint.items().map(payload::at).map(JsonNode::size).orElse(1) == requested.size();
        }

        List<TrackResponse> responses() {
            List<Item> unmatched = new ArrayList<>();
            for (Item item : items) {
                Optional<RequestedTrack> track = owner(item);
                track.ifPresentOrElse(
                        wanted -> note(wanted, read(item, new ItemMapper.Asked(wanted, day)), item),
                        () -> unmatched.add(item));
            }
            unmatched.forEach(this::reject);
            return requested.values().stream().flatMap(this::responses).toList();
        }

        private Stream<TrackResponse> responses(RequestedTrack track) {
            Map<String, TrackOutcome> outcomes = found.get(track);
            return outcomes == null
                    ? Stream.of(new TrackResponse(track, absent()))
                    : outcomes.entrySet().stream()
                            .map(one -> new TrackResponse(
                                    track, new RequestedTrack(one.getKey(), track.isrc()), one.getValue()));
        }

        private TrackOutcome absent() {
            return switch (endpoint.absent()) {
                case MISSING -> new TrackOutcome.Missing();
                case EMPTY -> endpoint.mapper().empty();
            };
        }

        /// Where a call asks for one recording, whatever comes back is about it, or wrong.
        private Optional<RequestedTrack> owner(Item item) {
            return endpoint.batch() == 1
                            && (endpoint.byIsrc() || endpoint.mapper().id().isEmpty())
                    ? requested.values().stream().findFirst()
                    : key(item).map(requested::get);
        }

        private String requestedAs(RequestedTrack track) {
            return endpoint.byIsrc() ? track.isrc().value() : track.id();
        }

        private Optional<String> key(Item item) {
            return endpoint.byIsrc()
                    ? isrc(item).or(() -> endpoint.mapper().isrcOf(item.value()))
                    : endpoint.mapper().idOf(item.value());
        }

        /// An ISRC as the catalog writes it, however the service does.
        private Optional<String> isrc(Item item) {
            return endpoint.mapper().isrcOf(item.value()).flatMap(text -> {
                try {
                    return Optional.of(Isrc.parse(text).value());
                } catch (InvalidIsrc e) {
                    return Optional.empty();
                }
            });
        }

        /// Of a recording that was requested by its ISRC, each track counts by itself.
        private void note(RequestedTrack track, TrackOutcome outcome, Item item) {
            String id = endpoint.byIsrc() ? endpoint.mapper().idOf(item.value()).orElse(track.id()) : track.id();
            Map<String, TrackOutcome> outcomes = found.computeIfAbsent(track, _ -> new LinkedHashMap<>());
            TrackOutcome other = outcomes.putIfAbsent(id, outcome);
            if (other != null && !other.equals(outcome) && !(other instanceof TrackOutcome.Rejected)) {
                outcomes.put(id, new TrackOutcome.Rejected(twice(item.pointer(), id)));
            }
        }

        /// An item of none of the requested tracks counts against the track whose place it takes: by ISRC, else by
        /// position where the response has as many items as the request, else, where it carries no id, against
        /// every track left without one.
        private void reject(Item item) {
            Optional<String> id = key(item);
            List<RequestedTrack> open = requested.values().stream()
                    .filter(track -> !found.containsKey(track))
                    .toList();
            Optional<String> isrc = endpoint.mapper().isrcOf(item.value());
            List<RequestedTrack> rejected = open.stream()
                    .filter(track -> isrc.equals(Optional.of(track.isrc().value())))
                    .toList();
            List<RequestedTrack> inOrder = List.copyOf(requested.values());
            if (rejected.isEmpty() && sameLength && open.contains(inOrder.get(item.index()))) {
                rejected = List.of(inOrder.get(item.index()));
            } else if (rejected.isEmpty() && id.isEmpty()) {
                rejected = open;
            }
            PayloadRejection rejection =
                    endpoint.contract().checkItem(item.value(), item.pointer()).orElseGet(() -> unexpected(item, id));
            rejected.forEach(track -> found.put(track, Map.of(track.id(), new TrackOutcome.Rejected(rejection))));
        }

        private PayloadRejection unexpected(Item item, Optional<String> id) {
            Optional<JsonPointer> key = endpoint.byIsrc()
                    ? endpoint.mapper().isrc()
                    : endpoint.mapper().id();
            return new PayloadRejection(
                    item.pointer() + key.map(JsonPointer::toString).orElse(""),
                    endpoint.byIsrc() ? "isrc_mismatch" : "id_mismatch",
                    id.map(value -> "\"" + value + "\" was not requested").orElse("no id can be read here"));
        }
    }

    private Optional<PayloadRejection> envelope(JsonNode payload) {
        Optional<PayloadRejection> rejection = endpoint.contract().check(payload);
        if (rejection.isEmpty()) {
            endpoint.contract().findUnknown(payload, pattern -> unknown.report(endpoint.name(), pattern));
            if (endpoint.items().isPresent()
                    && !payload.at(endpoint.items().get()).isArray()) {
                String pointer = endpoint.items().get().toString();
                return Optional.of(new PayloadRejection(pointer, "schema", "expected a list of items"));
            }
        }
        return rejection;
    }

    private Optional<PayloadRejection> otherDay(JsonNode payload, LocalDate day) {
        return endpoint.day().flatMap(pointer -> {
            String written = JsonFields.text(payload.at(pointer)).orElse("nothing");
            return written.equals(day.toString())
                    ? Optional.empty()
                    : Optional.of(new PayloadRejection(
                            pointer.toString(), "wrong_day", "requested " + day + ", received " + written));
        });
    }

    private List<Item> items(JsonNode payload) {
        if (endpoint.items().isEmpty()) {
            return List.of(new Item(payload, 0, ""));
        }
        String at = endpoint.items().get().toString();
        List<Item> items = new ArrayList<>();
        int index = 0;
        for (JsonNode value : payload.at(endpoint.items().get())) {
            if (!value.isNull()) {
                items.add(new Item(value, index, at + "/" + index));
                endpoint.contract()
                        .findUnknownInItem(value, at + "/*", pattern -> unknown.report(endpoint.name(), pattern));
            }
            index++;
        }
        return items;
    }

    private TrackOutcome read(Item item, ItemMapper.Asked asked) {
        Optional<PayloadRejection> rejection = endpoint.contract().checkItem(item.value(), item.pointer());
        if (rejection.isPresent()) {
            return new TrackOutcome.Rejected(rejection.get());
        }
        try {
            Optional<JsonPointer> pointer = endpoint.mapper().isrc();
            if (pointer.isPresent()) {
                Isrc received = JsonFields.requireIsrc(item.value(), pointer.get(), item.pointer());
                if (!received.equals(asked.track().isrc())) {
                    return new TrackOutcome.Rejected(new PayloadRejection(
                            item.pointer() + pointer.get(),
                            "isrc_mismatch",
                            "requested " + asked.track().isrc() + ", received " + received));
                }
            }
            return endpoint.mapper().read(item.value(), item.pointer(), asked);
        } catch (ContractViolation e) {
            return new TrackOutcome.Rejected(e.rejection());
        } catch (IllegalArgumentException e) {
            return new TrackOutcome.Rejected(
                    new PayloadRejection(item.pointer(), "schema", String.valueOf(e.getMessage())));
        }
    }

    private static PayloadRejection twice(String pointer, String id) {
        return new PayloadRejection(pointer, "duplicate", "track " + id + " comes twice with different values");
    }
}
