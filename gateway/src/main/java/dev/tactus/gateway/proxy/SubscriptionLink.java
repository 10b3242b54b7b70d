package dev.tactus.gateway.proxy;

import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.usage.PollingCounts;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;

/// Tells an application that polls where it is told of changes instead: `Link` with the relation `monitor` (RFC 5989),
/// on a refusal, where the operator wishes so.
public final class SubscriptionLink {
    private static final String FIELD = "Link";

    private SubscriptionLink() {}

    /// Adds it to a refusal of a request that would have been one more for an answer that stays the same.
    public static void add(Exchange exchange, HttpResponse refusal) {
        if (exchange.request().method().equals(HttpMethod.GET)
                && exchange.identity() instanceof RequestIdentity.Application application) {
            RuntimeConfig config = exchange.config();
            config.settings()
                    .events()
                    .filter(events -> events.linksOnRefusals()
                            && events.resource(exchange.path()).isPresent())
                    .ifPresent(events -> config.polling()
                            .poller(application.id(), exchange.path())
                            .ifPresent(poller -> refusal.headers().set(FIELD, link(events.prefix(), poller))));
        }
    }

    private static String link(String prefix, PollingCounts poller) {
        return "<" + prefix + ">; rel=\"monitor\"; title=\"you asked " + poller.requests() + " times, "
                + poller.changed() + (poller.changed() == 1 ? " answer" : " answers")
                + " changed; subscribe instead\"";
    }
}
