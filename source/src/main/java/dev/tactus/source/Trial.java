package dev.tactus.source;

import dev.tactus.music.Dataset;
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
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// One request of a profile, tried out: what was sent, and what became of each field of the answer.
///
/// @param request path and query
/// @param exchange what came back; empty where nothing did
/// @param fields of the first item
/// @param tracks as they would land
/// @param rejections why something would not
/// @param parked why nothing came back
public record Trial(
        String request,
        Optional<RecordedExchange> exchange,
        List<Field> fields,
        List<TrackResponse> tracks,
        List<PayloadRejection> rejections,
        Optional<String> parked) {

    /// One field of an item.
    ///
    /// @param pointer where the profile says that it stands, within an item
    /// @param found what stands there, empty where nothing does
    public record Field(String name, String pointer, Optional<String> found) {}

    private static final int SHOWN = 120;

    /// Sends the request.
    ///
    /// @param dataset to fetch; where empty, the resolve step, or else the first dataset
    public static Trial of(Source source, Optional<Dataset> dataset, RequestedTrack track, LocalDate day)
            throws InterruptedException {
        if (dataset.isEmpty() && source.profile().resolves()) {
            return resolved(source, track);
        }
        Dataset wanted =
                dataset.orElseGet(() -> source.profile().datasets().iterator().next());
        SourceEndpoint endpoint = source.profile().endpoint(wanted);
        String request = endpoint.render(List.of(track), day);
        return switch (source.fetch(wanted, List.of(track), day)) {
            case FetchResult.Fetched(List<TrackResponse> tracks, RecordedExchange exchange) ->
                new Trial(
                        request,
                        Optional.of(exchange),
                        fields(endpoint, exchange),
                        tracks,
                        tracks.stream()
                                .map(TrackResponse::outcome)
                                .filter(TrackOutcome.Rejected.class::isInstance)
                                .map(rejected -> ((TrackOutcome.Rejected) rejected).rejection())
                                .toList(),
                        Optional.empty());
            case FetchResult.Rejected(PayloadRejection rejection, RecordedExchange exchange) ->
                rejected(request, endpoint, exchange, List.of(rejection));
            case FetchResult.Parked parked -> parked(request, parked.detail());
        };
    }

    private static Trial resolved(Source source, RequestedTrack track) throws InterruptedException {
        SourceEndpoint endpoint = source.profile().resolveEndpoint();
        String request = endpoint.render(List.of(track), LocalDate.EPOCH);
        return switch (source.resolve(track.isrc())) {
            case ResolveResult.Found found ->
                new Trial(
                        request,
                        Optional.of(found.exchange()),
                        fields(endpoint, found.exchange()),
                        found.tracks().stream()
                                .map(one -> new TrackResponse(
                                        new RequestedTrack(one.id(), one.isrc()), new TrackOutcome.TrackFound(one)))
                                .toList(),
                        found.rejections(),
                        Optional.empty());
            case ResolveResult.Empty(RecordedExchange exchange) ->
                new Trial(
                        request,
                        Optional.of(exchange),
                        List.of(),
                        List.of(new TrackResponse(track, new TrackOutcome.Missing())),
                        List.of(),
                        Optional.empty());
            case ResolveResult.Rejected(List<PayloadRejection> rejections, RecordedExchange exchange) ->
                rejected(request, endpoint, exchange, rejections);
            case ResolveResult.Parked parked -> parked(request, parked.detail());
        };
    }

    private static Trial rejected(
            String request, SourceEndpoint endpoint, RecordedExchange exchange, List<PayloadRejection> rejections) {
        return new Trial(
                request, Optional.of(exchange), fields(endpoint, exchange), List.of(), rejections, Optional.empty());
    }

    private static Trial parked(String request, String why) {
        return new Trial(request, Optional.empty(), List.of(), List.of(), List.of(), Optional.of(why));
    }

    private static List<Field> fields(SourceEndpoint endpoint, RecordedExchange exchange) {
        List<Field> fields = new ArrayList<>();
        try {
            JsonNode payload = endpoint.parse(exchange.body());
            JsonNode item =
                    endpoint.items().map(pointer -> payload.at(pointer).path(0)).orElse(payload);
            endpoint.mapper()
                    .pointers()
                    .forEach((name, pointer) -> fields.add(new Field(name, pointer.toString(), found(item, pointer))));
        } catch (JacksonException e) {
            // the rejection says so
            return List.of();
        }
        return fields;
    }

    private static Optional<String> found(JsonNode item, JsonPointer pointer) {
        JsonNode value = item.at(pointer);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.toString();
        return Optional.of(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
}
