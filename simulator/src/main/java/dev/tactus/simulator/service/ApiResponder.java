package dev.tactus.simulator.service;

import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.SimulatedEndpoint;
import dev.tactus.simulator.fault.TrackMutation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Answers what was asked for, with the faults of its recordings. Thread-safe.
final class ApiResponder {
    private final ServedCatalog catalog;
    private final FaultInjector faults;
    private final TrackMutation mutation;
    private final MetricsPayloads payloads;

    ApiResponder(ServedCatalog catalog, FaultInjector faults, long seed) {
        this.catalog = catalog;
        this.faults = faults;
        this.mutation = new TrackMutation(catalog, seed);
        this.payloads = new MetricsPayloads(catalog.audience(), faults.recordings(), mutation);
    }

    TrackMutation mutation() {
        return mutation;
    }

    /// The answer to a request.
    ///
    /// @param extra what is wrong with one of its tracks, besides
    /// @param number the request's, which says with which one
    SimulatedResponse answer(ApiRequest request, String href, Optional<ItemFault> extra, long number) {
        return switch (request) {
            case ApiRequest.Malformed(String message) -> SimulatedResponse.error(400, message);
            case ApiRequest.Search search -> {
                Optional<ItemFault> fault = lookUp(search.isrc(), SimulatedEndpoint.SEARCH, extra);
                yield poisoned(fault.stream()).orElseGet(() -> SimulatedResponse.ok(search(search, href, fault)));
            }
            case ApiRequest.Tracks(List<String> ids) -> {
                List<ResponseItem> items = items(ids, SimulatedEndpoint.TRACKS, 0, extra, number);
                yield poisoned(faults(items)).orElseGet(() -> SimulatedResponse.ok(payloads.tracks(items)));
            }
            case ApiRequest.Daily daily -> {
                List<ResponseItem> items =
                        items(daily.ids(), daily.endpoint(), daily.day().toEpochDay(), extra, number);
                yield poisoned(faults(items))
                        .orElseGet(() -> SimulatedResponse.ok(
                                daily.endpoint() == SimulatedEndpoint.STREAMS
                                        ? payloads.streams(daily.day(), items)
                                        : payloads.listeners(daily.day(), items)));
            }
            case ApiRequest.DeezerTrack(Isrc isrc) -> SimulatedResponse.ok(deezer(isrc, extra));
        };
    }

    private static Stream<ItemFault> faults(List<ResponseItem> items) {
        return items.stream().flatMap(item -> item.fault().stream());
    }

    /// The error that stands in the place of the whole answer, where one of the tracks is such.
    private static Optional<SimulatedResponse> poisoned(Stream<ItemFault> faults) {
        return faults.filter(ItemFault.Poisonous.class::isInstance)
                .map(ItemFault.Poisonous.class::cast)
                .findFirst()
                .map(poison -> poison.disguised()
                        ? SimulatedResponse.disguised(poison.status(), "Something went wrong")
                        : SimulatedResponse.error(poison.status(), "Something went wrong"));
    }

    private ByteBuffer search(ApiRequest.Search search, String href, Optional<ItemFault> fault) {
        List<ResponseItem> found = new ArrayList<>();
        for (Track track : catalog.tracksOf(search.isrc())) {
            ResponseItem item = new ResponseItem(search.isrc().value(), Optional.of(track), fault);
            if (!item.isEmpty()) {
                found.add(item);
            }
        }
        List<ResponseItem> page =
                found.stream().skip(search.offset()).limit(search.limit()).toList();
        return payloads.search(new MetricsPayloads.Page(href, search.limit(), search.offset(), found.size()), page);
    }

    private ByteBuffer deezer(Isrc isrc, Optional<ItemFault> extra) {
        Optional<ItemFault> fault = lookUp(isrc, SimulatedEndpoint.DEEZER_TRACK, extra);
        List<Track> tracks = catalog.tracksOf(isrc);
        if (tracks.isEmpty()
                || (fault.isPresent()
                        && (fault.get() instanceof ItemFault.Empty || fault.get() instanceof ItemFault.Missing))) {
            return DeezerPayloads.error("DataException", "no data", 800);
        }
        JsonBody json = new JsonBody(1_000);
        json.bend(fault);
        return DeezerPayloads.track(mutation.apply(tracks.getFirst(), fault), json);
    }

    /// What is wrong with a look-up by ISRC.
    private Optional<ItemFault> lookUp(Isrc isrc, SimulatedEndpoint endpoint, Optional<ItemFault> extra) {
        if (extra.isPresent() && mayShow(extra.get(), endpoint, isrc.value())) {
            return extra;
        }
        return faults.ofItem(isrc, endpoint, isrc.value(), 0);
    }

    private List<ResponseItem> items(
            List<String> ids, SimulatedEndpoint endpoint, long day, Optional<ItemFault> extra, long number) {
        OptionalInt wrong =
                extra.isPresent() ? OptionalInt.of(faults.pick(endpoint, number, ids.size())) : OptionalInt.empty();
        List<ResponseItem> items = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            Optional<Track> track = catalog.track(id);
            Optional<ItemFault> fault =
                    extra.filter(any -> wrong.isPresent() && track.isPresent() && mayShow(any, endpoint, id));
            if (wrong.isEmpty() || wrong.getAsInt() != i || fault.isEmpty()) {
                fault = track.flatMap(known -> faults.ofItem(known.isrc(), endpoint, id, day));
            }
            items.add(new ResponseItem(id, track, fault));
        }
        return items;
    }

    private boolean mayShow(ItemFault fault, SimulatedEndpoint endpoint, String asked) {
        boolean holdsBack = fault instanceof ItemFault.Empty || fault instanceof ItemFault.Missing;
        return !holdsBack || faults.mayHoldBack(endpoint, asked);
    }
}
