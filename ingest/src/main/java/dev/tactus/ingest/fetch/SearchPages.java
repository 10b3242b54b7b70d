package dev.tactus.ingest.fetch;

import dev.tactus.ingest.landing.FetchedTrack;
import dev.tactus.ingest.landing.PayloadRef;
import dev.tactus.ingest.landing.RejectedPayload;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import dev.tactus.source.response.ResolveResult;
import dev.tactus.source.response.TrackOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a search found, page after page: each track with the page it stood on, what was refused, every page as
/// received. Used by one thread.
final class SearchPages {
    /// A thousand tracks at fifty a page; a service that names ever another page is asked no further, and said so.
    private static final int MOST_PAGES = 20;

    private final Isrc isrc;
    private final Map<String, FetchedTrack> readings = new LinkedHashMap<>();
    private final List<RejectedPayload> setAside = new ArrayList<>();
    private final List<RecordedExchange> payloads = new ArrayList<>();
    private Optional<String> next = Optional.empty();

    SearchPages(Isrc isrc) {
        this.isrc = isrc;
    }

    SearchPages with(ResolveResult.Found page) {
        end(page.exchange(), page.refused());
        page.tracks()
                .forEach(track -> readings.putIfAbsent(
                        track.id(),
                        new FetchedTrack(
                                new RequestedTrack(track.id(), isrc),
                                new TrackOutcome.TrackFound(track),
                                PayloadRef.of(page.exchange()))));
        next = page.next();
        if (next.isPresent() && payloads.size() == MOST_PAGES) {
            setAside(
                    new PayloadRejection(
                            "", "too_many_pages", "there are more than " + MOST_PAGES + " pages of tracks"),
                    page.exchange());
            next = Optional.empty();
        }
        return this;
    }

    /// The last page, without a track.
    void end(RecordedExchange exchange, List<PayloadRejection> refused) {
        payloads.add(exchange);
        refused.forEach(why -> setAside(why, exchange));
        next = Optional.empty();
    }

    private void setAside(PayloadRejection why, RecordedExchange exchange) {
        setAside.add(new RejectedPayload(isrc, null, null, why, exchange));
    }

    Optional<String> next() {
        return next;
    }

    List<FetchedTrack> readings() {
        return List.copyOf(readings.values());
    }

    List<RejectedPayload> setAside() {
        return List.copyOf(setAside);
    }

    List<RecordedExchange> payloads() {
        return List.copyOf(payloads);
    }
}
