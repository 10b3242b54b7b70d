package dev.tactus.simulator;

import dev.tactus.music.Isrc;
import dev.tactus.music.Track;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Answers what was asked for, with the faults of its recordings. Thread-safe.
final class Desk {
    private final ServedCatalog catalog;
    private final Faults faults;
    private final Disguise disguise;
    private final Payloads payloads;

    Desk(ServedCatalog catalog, Faults faults, long seed) {
        this.catalog = catalog;
        this.faults = faults;
        this.disguise = new Disguise(catalog, seed);
        this.payloads = new Payloads(catalog.audience(), faults.recordings(), disguise);
    }

    Disguise disguise() {
        return disguise;
    }

    /// The answer to a request.
    ///
    /// @param extra what is wrong with one of its tracks, besides
    /// @param number the request's, which says with which one
    Reply answer(Ask ask, String href, Optional<ItemFault> extra, long number) {
        return switch (ask) {
            case Ask.Malformed(String message) -> Reply.error(400, message);
            case Ask.Search search -> Reply.ok(search(search, href, extra));
            case Ask.Tracks(List<String> ids) ->
                Reply.ok(payloads.tracks(items(ids, Endpoint.TRACKS, 0, extra, number)));
            case Ask.Daily daily -> {
                List<Item> items =
                        items(daily.ids(), daily.endpoint(), daily.day().toEpochDay(), extra, number);
                yield Reply.ok(
                        daily.endpoint() == Endpoint.STREAMS
                                ? payloads.streams(daily.day(), items)
                                : payloads.listeners(daily.day(), items));
            }
            case Ask.DeezerTrack(Isrc isrc) -> Reply.ok(deezer(isrc, extra));
        };
    }

    private Buffer search(Ask.Search search, String href, Optional<ItemFault> extra) {
        Optional<ItemFault> fault = lookUp(search.isrc(), Endpoint.SEARCH, extra);
        List<Item> found = new ArrayList<>();
        for (Track track : catalog.tracksOf(search.isrc())) {
            Item item = new Item(search.isrc().value(), Optional.of(track), fault);
            if (!item.isEmpty()) {
                found.add(item);
            }
        }
        List<Item> page =
                found.stream().skip(search.offset()).limit(search.limit()).toList();
        return payloads.search(new Payloads.Page(href, search.limit(), search.offset(), found.size()), page);
    }

    private Buffer deezer(Isrc isrc, Optional<ItemFault> extra) {
        Optional<ItemFault> fault = lookUp(isrc, Endpoint.DEEZER_TRACK, extra);
        List<Track> tracks = catalog.tracksOf(isrc);
        if (tracks.isEmpty()
                || (fault.isPresent()
                        && (fault.get() instanceof ItemFault.Empty || fault.get() instanceof ItemFault.Missing))) {
            return DeezerPayloads.error("DataException", "no data", 800);
        }
        JsonBody json = new JsonBody(1_000);
        json.bend(fault);
        return DeezerPayloads.track(disguise.told(tracks.getFirst(), fault), json);
    }

    /// What is wrong with a look-up by ISRC.
    private Optional<ItemFault> lookUp(Isrc isrc, Endpoint endpoint, Optional<ItemFault> extra) {
        if (extra.isPresent() && mayShow(extra.get(), endpoint, isrc.value())) {
            return extra;
        }
        return faults.ofItem(isrc, endpoint, isrc.value(), 0);
    }

    private List<Item> items(List<String> ids, Endpoint endpoint, long day, Optional<ItemFault> extra, long number) {
        OptionalInt wrong =
                extra.isPresent() ? OptionalInt.of(faults.pick(endpoint, number, ids.size())) : OptionalInt.empty();
        List<Item> items = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            Optional<Track> track = catalog.track(id);
            Optional<ItemFault> fault =
                    extra.filter(any -> wrong.isPresent() && track.isPresent() && mayShow(any, endpoint, id));
            if (wrong.isEmpty() || wrong.getAsInt() != i || fault.isEmpty()) {
                fault = track.flatMap(known -> faults.ofItem(known.isrc(), endpoint, id, day));
            }
            items.add(new Item(id, track, fault));
        }
        return items;
    }

    private boolean mayShow(ItemFault fault, Endpoint endpoint, String asked) {
        boolean holdsBack = fault instanceof ItemFault.Empty || fault instanceof ItemFault.Missing;
        return !holdsBack || faults.mayHoldBack(endpoint, asked);
    }
}
