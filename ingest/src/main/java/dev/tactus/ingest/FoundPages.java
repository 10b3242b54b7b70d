package dev.tactus.ingest;

import dev.tactus.music.Isrc;
import dev.tactus.source.Exchange;
import dev.tactus.source.Reading;
import dev.tactus.source.Refusal;
import dev.tactus.source.ResolveResult;
import dev.tactus.source.TrackRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a search found, page after page: each track with the page it stood on, what was refused, every page as
/// received. Used by one thread.
final class FoundPages {
    /// A thousand tracks at fifty a page; a service that names ever another page is asked no further, and said so.
    private static final int MOST_PAGES = 20;

    private final Isrc isrc;
    private final Map<String, Sourced> readings = new LinkedHashMap<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private final List<Exchange> payloads = new ArrayList<>();
    private Optional<String> next = Optional.empty();

    FoundPages(Isrc isrc) {
        this.isrc = isrc;
    }

    FoundPages with(ResolveResult.Found page) {
        end(page.exchange(), page.refused());
        page.tracks()
                .forEach(track -> readings.putIfAbsent(
                        track.id(),
                        new Sourced(
                                new TrackRef(track.id(), isrc),
                                new Reading.TrackFound(track),
                                Evidence.of(page.exchange()))));
        next = page.next();
        if (next.isPresent() && payloads.size() == MOST_PAGES) {
            setAside(
                    new Refusal("", "too_many_pages", "there are more than " + MOST_PAGES + " pages of tracks"),
                    page.exchange());
            next = Optional.empty();
        }
        return this;
    }

    /// The last page, without a track.
    void end(Exchange exchange, List<Refusal> refused) {
        payloads.add(exchange);
        refused.forEach(why -> setAside(why, exchange));
        next = Optional.empty();
    }

    private void setAside(Refusal why, Exchange exchange) {
        setAside.add(new SetAside(isrc, null, null, why, exchange));
    }

    Optional<String> next() {
        return next;
    }

    List<Sourced> readings() {
        return List.copyOf(readings.values());
    }

    List<SetAside> setAside() {
        return List.copyOf(setAside);
    }

    List<Exchange> payloads() {
        return List.copyOf(payloads);
    }
}
