package dev.tactus.source;

import dev.tactus.source.auth.Authentication;
import dev.tactus.source.profile.PayloadShape;
import dev.tactus.source.profile.SourceEndpoint;
import dev.tactus.source.response.PayloadRejection;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.RequestedTrack;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sends the requests for all pages of one batch. Several pages become one payload that holds each as it came, so that
/// one digest proves all of them.
///
/// Thread-safe.
final class PagedCall {
    /// Of a service that always names another page no more are fetched.
    private static final int MOST = 500;

    private final RestClient client;
    private final Authentication auth;

    PagedCall(RestClient client, Authentication auth) {
        this.client = client;
        this.auth = auth;
    }

    RequestOutcome call(SourceEndpoint endpoint, List<RequestedTrack> tracks, LocalDate day)
            throws InterruptedException {
        List<RecordedExchange> pages = new ArrayList<>();
        Optional<String> request = Optional.of(endpoint.render(tracks, day));
        while (request.isPresent()) {
            RequestOutcome outcome = client.call(endpoint, request.get());
            switch (outcome) {
                case RequestOutcome.Content content -> {
                    pages.add(content.exchange());
                    request = endpoint.nextPage(
                                    content.exchange().request(),
                                    content.payload(),
                                    content.link().orElse(null))
                            .map(query -> endpoint.renderPage(tracks, day, auth.withoutSecrets(query)));
                    if (request.isEmpty() && pages.size() == 1) {
                        return content;
                    }
                }
                case RequestOutcome.NotFound notFound -> {
                    if (pages.isEmpty()) {
                        return notFound;
                    }
                    request = Optional.empty();
                }
                // half of the pages would be worse than none
                case RequestOutcome.Rejected _, RequestOutcome.Parked _ -> {
                    return outcome;
                }
            }
            if (pages.size() == MOST && request.isPresent()) {
                return new RequestOutcome.Rejected(
                        new PayloadRejection("", "too_many_pages", "there are more than " + MOST + " pages"),
                        pages.getLast());
            }
        }
        RecordedExchange all = RecordedExchange.together(
                pages,
                PayloadShape.together(pages.stream().map(RecordedExchange::body).toList()));
        return new RequestOutcome.Content(endpoint.parse(all.body()), all, Optional.empty());
    }
}
