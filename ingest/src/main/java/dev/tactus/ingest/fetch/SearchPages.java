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

/// What a search found, page after page: each track with the page it stood on, what was rejected, and every page as
/// received. Used by one thread.
final class SearchPages {
    /// A thousand tracks at fifty a page; of a service that always names another page no more are fetched, and a
    /// rejection says so.
    private static final int MAX_PAGES = 20;

    private final Isrc isrc;
    private final Map<String, FetchedTrack> tracks = new LinkedHashMap<>();
    private final List<RejectedPayload> rejected = new ArrayList<>();
    private final List<RecordedExchange> payloads = new ArrayList<>();
    private Optional<String> next = Optional.empty();

    SearchPages(Isrc isrc) {
        this.isrc = isrc;
    }

    SearchPages with(ResolveResult.Found page) {
        end(page.exchange(), page.rejections());
        page.tracks()
                .forEach(track -> tracks.putIfAbsent(
                        track.id(),
                        new FetchedTrack(
                                new RequestedTrack(track.id(), isrc),
                                new TrackOutcome.TrackFound(track),
                                PayloadRef.of(page.exchange()))));
        next = page.next();
        if (next.isPresent() && payloads.size() == MAX_PAGES) {
            reject(
                    new PayloadRejection("", "too_many_pages", "there are more than " + MAX_PAGES + " pages of tracks"),
                    page.exchange());
            next = Optional.empty();
        }
        return this;
    }

    /// The last page, or one without a track.
    void end(RecordedExchange exchange, List<PayloadRejection> rejections) {
        payloads.add(exchange);
        rejections.forEach(rejection -> reject(rejection, exchange));
        next = Optional.empty();
    }

    private void reject(PayloadRejection rejection, RecordedExchange exchange) {
        rejected.add(new RejectedPayload(isrc, null, null, rejection, exchange));
    }

    Optional<String> next() {
        return next;
    }

    List<FetchedTrack> tracks() {
        return List.copyOf(tracks.values());
    }

    List<RejectedPayload> rejected() {
        return List.copyOf(rejected);
    }

    List<RecordedExchange> payloads() {
        return List.copyOf(payloads);
    }
}
