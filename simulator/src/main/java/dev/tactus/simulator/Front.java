package dev.tactus.simulator;

import dev.tactus.simulator.Latency.Trip;
import dev.tactus.simulator.Service.Arrival;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes HTTP requests in: those about the simulator itself, for tokens, and for the service, with their time on the
/// way. Thread-safe.
final class Front implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(Front.class);

    private final Service service;
    private final ServedCatalog catalog;
    private final Latency latency;
    private final SimulatorClock clock;
    private final Delivery delivery;
    private final long seed;
    private final AtomicLong arrivals = new AtomicLong();

    Front(Service service, ServedCatalog catalog, Latency latency, SimulatorClock clock, Delivery delivery, long seed) {
        this.service = service;
        this.catalog = catalog;
        this.latency = latency;
        this.clock = clock;
        this.delivery = delivery;
        this.seed = Mix.of(seed, 0x74726970L);
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = Ask.decoded(Optional.ofNullable(request.path()).orElse("/"));
        switch (path) {
            case "/_sim/report" ->
                delivery.send(request, Reply.ok(service.report().json()));
            case "/_sim/catalog.csv" -> delivery.download(catalog, request.response());
            case "/api/token" -> token(request);
            default -> ask(request, path);
        }
    }

    private void token(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            delivery.send(request, Reply.error(405, "Method not allowed").with("Allow", "POST"));
            return;
        }
        request.setExpectMultipart(true);
        Trip trip = latency.draw(Mix.of(seed, arrivals.incrementAndGet(), 1));
        request.endHandler(end -> delivery.after(
                trip.there().plus(trip.back()),
                () -> delivery.send(request, service.grant(authorization(request), request.formAttributes()))));
    }

    private void ask(HttpServerRequest request, String path) {
        Trip trip = latency.draw(Mix.of(seed, arrivals.incrementAndGet()));
        delivery.after(trip.there(), () -> {
            clock.requested();
            Reply reply = serve(request, path);
            delivery.after(trip.back(), () -> delivery.send(request, reply));
        });
    }

    private Reply serve(HttpServerRequest request, String path) {
        try {
            return service.serve(new Arrival(
                    request.method().name(),
                    path,
                    String.valueOf(request.uri()),
                    request.params(),
                    authorization(request),
                    request.remoteAddress().hostAddress()));
        } catch (RuntimeException e) {
            log.error("the simulator itself failed at {}", request.uri(), e);
            return Reply.error(500, "the simulator failed: " + e);
        }
    }

    private static Optional<String> authorization(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"));
    }
}
