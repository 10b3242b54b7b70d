package dev.tactus.source;

import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.contract.ContractViolation;
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
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Reads the payload of an endpoint: validates the envelope, then each item by itself, and sorts the
/// items to what was asked. Thread-safe.
final class ResponseReader {
    /// What may stand in a query (RFC 3986, 3.4).
    private static final Pattern QUERY = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})+");

    private final SourceEndpoint endpoint;
    private final UnknownFieldLog unknown;

    ResponseReader(SourceEndpoint endpoint, UnknownFieldLog unknown) {
        this.endpoint = endpoint;
        this.unknown = unknown;
    }

    ResolveResult resolve(Isrc asked, JsonNode payload, RecordedExchange exchange) {
        Optional<PayloadRejection> wrong = envelope(payload);
        if (wrong.isPresent()) {
            return new ResolveResult.Refused(List.of(wrong.get()), exchange);
        }
        Map<String, Track> tracks = new LinkedHashMap<>();
        List<PayloadRejection> refused = new ArrayList<>();
        TreeSet<String> contradicted = new TreeSet<>();
        for (Item item : items(payload)) {
            switch (read(item, asked)) {
                case TrackOutcome.TrackFound(Track track) -> {
                    Track other = tracks.putIfAbsent(track.id(), track);
                    if (other != null && !other.equals(track)) {
                        contradicted.add(track.id());
                        refused.add(twice(item.pointer(), track.id()));
                    }
                }
                case TrackOutcome.Rejected(PayloadRejection why) -> refused.add(why);
                case TrackOutcome other -> throw new IllegalStateException("a resolve step reads tracks, not " + other);
            }
        }
        contradicted.forEach(tracks::remove);
        Optional<String> next = nextPage(payload);
        if (next.isPresent() && !QUERY.matcher(next.get()).matches()) {
            refused.add(new PayloadRejection(
                    endpoint.next().map(JsonPointer::toString).orElse(""), "schema", "a page that can't be asked for"));
            next = Optional.empty();
        }
        if (!tracks.isEmpty()) {
            return new ResolveResult.Found(List.copyOf(tracks.values()), refused, next, exchange);
        }
        return refused.isEmpty() ? new ResolveResult.Empty(exchange) : new ResolveResult.Refused(refused, exchange);
    }

    FetchResult fetch(List<RequestedTrack> asked, LocalDate day, JsonNode payload, RecordedExchange exchange) {
        Optional<PayloadRejection> wrong = envelope(payload).or(() -> otherDay(payload, day));
        if (wrong.isPresent()) {
            return new FetchResult.Refused(wrong.get(), exchange);
        }
        return new FetchResult.Fetched(new BatchMatcher(asked, payload).readings(), exchange);
    }

    /// One item that is not null, and where it stands.
    private record Item(JsonNode value, int index, String pointer) {}

    /// The items of one answer beside the tracks that were asked for.
    private final class BatchMatcher {
        private final List<RequestedTrack> asked;
        private final List<Item> items;
        private final boolean asLong;
        private final Map<String, TrackOutcome> found = new LinkedHashMap<>();

        BatchMatcher(List<RequestedTrack> asked, JsonNode payload) {
            this.asked = asked;
            this.items = items(payload);
            this.asLong = endpoint.items().map(payload::at).map(JsonNode::size).orElse(1) == asked.size();
        }

        List<TrackResponse> readings() {
            Map<String, RequestedTrack> byId = new LinkedHashMap<>();
            asked.forEach(track -> byId.put(track.id(), track));
            List<Item> strays = new ArrayList<>();
            for (Item item : items) {
                RequestedTrack track = endpoint.byIsrc() && asked.size() == 1
                        ? asked.getFirst()
                        : byId.get(key(item).orElse(""));
                if (track == null) {
                    strays.add(item);
                } else {
                    note(track, read(item, track.isrc()), item);
                }
            }
            strays.forEach(this::blame);
            return asked.stream()
                    .map(track -> new TrackResponse(track, found.getOrDefault(track.id(), new TrackOutcome.Missing())))
                    .toList();
        }

        private Optional<String> key(Item item) {
            return endpoint.byIsrc()
                    ? endpoint.mapping().isrcOf(item.value())
                    : endpoint.mapping().idOf(item.value());
        }

        private void note(RequestedTrack track, TrackOutcome reading, Item item) {
            TrackOutcome other = found.putIfAbsent(track.id(), reading);
            if (other != null && !other.equals(reading) && !(other instanceof TrackOutcome.Rejected)) {
                found.put(track.id(), new TrackOutcome.Rejected(twice(item.pointer(), track.id())));
            }
        }

        /// An item that isn't of a track asked for counts against the track whose place it takes: by
        /// ISRC, else by position where the answer is as long as the question, else, where it carries no
        /// id, against every track left without an answer.
        private void blame(Item item) {
            Optional<String> id = key(item);
            List<RequestedTrack> open = asked.stream()
                    .filter(track -> !found.containsKey(track.id()))
                    .toList();
            Optional<String> isrc = endpoint.mapping().isrcOf(item.value());
            List<RequestedTrack> blamed = open.stream()
                    .filter(track -> isrc.equals(Optional.of(track.isrc().value())))
                    .toList();
            if (blamed.isEmpty() && asLong && open.contains(asked.get(item.index()))) {
                blamed = List.of(asked.get(item.index()));
            } else if (blamed.isEmpty() && id.isEmpty()) {
                blamed = open;
            }
            PayloadRejection why =
                    endpoint.contract().judgeItem(item.value(), item.pointer()).orElseGet(() -> stranger(item, id));
            blamed.forEach(track -> found.put(track.id(), new TrackOutcome.Rejected(why)));
        }

        private PayloadRejection stranger(Item item, Optional<String> id) {
            return new PayloadRejection(
                    item.pointer() + endpoint.mapping().id(),
                    "id_mismatch",
                    id.map(value -> "\"" + value + "\" was not asked for").orElse("no id can be read here"));
        }
    }

    private Optional<PayloadRejection> envelope(JsonNode payload) {
        Optional<PayloadRejection> wrong = endpoint.contract().judge(payload);
        if (wrong.isEmpty()) {
            endpoint.contract().findUnknown(payload, pattern -> unknown.report(endpoint.name(), pattern));
            if (endpoint.items().isPresent()
                    && !payload.at(endpoint.items().get()).isArray()) {
                String pointer = endpoint.items().get().toString();
                return Optional.of(new PayloadRejection(pointer, "schema", "expected a list of items"));
            }
        }
        return wrong;
    }

    private Optional<PayloadRejection> otherDay(JsonNode payload, LocalDate day) {
        return endpoint.day().flatMap(pointer -> {
            String written = JsonFields.text(payload.at(pointer)).orElse("nothing");
            return written.equals(day.toString())
                    ? Optional.empty()
                    : Optional.of(new PayloadRejection(
                            pointer.toString(), "wrong_day", "asked for " + day + ", answered for " + written));
        });
    }

    private Optional<String> nextPage(JsonNode payload) {
        return endpoint.next()
                .flatMap(pointer -> JsonFields.text(payload.at(pointer)))
                .map(url -> url.substring(url.indexOf('?') + 1))
                .filter(query -> !query.isEmpty());
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

    private TrackOutcome read(Item item, Isrc asked) {
        Optional<PayloadRejection> wrong = endpoint.contract().judgeItem(item.value(), item.pointer());
        if (wrong.isPresent()) {
            return new TrackOutcome.Rejected(wrong.get());
        }
        try {
            Isrc answered =
                    JsonFields.requireIsrc(item.value(), endpoint.mapping().isrc(), item.pointer());
            if (!answered.equals(asked)) {
                return new TrackOutcome.Rejected(new PayloadRejection(
                        item.pointer() + endpoint.mapping().isrc(),
                        "isrc_mismatch",
                        "asked for " + asked + ", answered with " + answered));
            }
            return endpoint.mapping().read(item.value(), item.pointer());
        } catch (ContractViolation e) {
            return new TrackOutcome.Rejected(e.refusal());
        } catch (IllegalArgumentException e) {
            return new TrackOutcome.Rejected(
                    new PayloadRejection(item.pointer(), "schema", String.valueOf(e.getMessage())));
        }
    }

    private static PayloadRejection twice(String pointer, String id) {
        return new PayloadRejection(pointer, "duplicate", "track " + id + " comes twice with different values");
    }
}
