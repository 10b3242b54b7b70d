package dev.tactus.simulator;

import dev.tactus.simulator.behaviour.Latency;
import dev.tactus.simulator.behaviour.Latency.Trip;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.catalog.SplitMix;
import dev.tactus.simulator.quota.SimulatorClock;
import dev.tactus.simulator.service.ApiRequest;
import dev.tactus.simulator.service.SimulatedResponse;
import dev.tactus.simulator.service.SimulatedService;
import dev.tactus.simulator.service.SimulatedService.IncomingRequest;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes HTTP requests in: those about the simulator itself, for tokens, and for the service, with their time on the
/// way. Thread-safe.
final class RequestRouter implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(RequestRouter.class);

    private final SimulatedService service;
    private final ServedCatalog catalog;
    private final Latency latency;
    private final SimulatorClock clock;
    private final ResponseWriter delivery;
    private final long seed;
    private final AtomicLong arrivals = new AtomicLong();

    RequestRouter(
            SimulatedService service,
            ServedCatalog catalog,
            Latency latency,
            SimulatorClock clock,
            ResponseWriter delivery,
            long seed) {
        this.service = service;
        this.catalog = catalog;
        this.latency = latency;
        this.clock = clock;
        this.delivery = delivery;
        this.seed = SplitMix.of(seed, 0x74726970L);
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = ApiRequest.decoded(Optional.ofNullable(request.path()).orElse("/"));
        switch (path) {
            case "/_sim/report" ->
                delivery.send(request, SimulatedResponse.ok(service.report().json()));
            case "/_sim/catalog.csv" -> delivery.download(catalog, request.response());
            case "/api/token" -> token(request);
            default -> ask(request, path);
        }
    }

    private void token(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            delivery.send(
                    request, SimulatedResponse.error(405, "Method not allowed").with("Allow", "POST"));
            return;
        }
        request.setExpectMultipart(true);
        Trip trip = latency.draw(SplitMix.of(seed, arrivals.incrementAndGet(), 1));
        request.endHandler(end -> delivery.after(
                trip.there().plus(trip.back()),
                () -> delivery.send(request, service.grant(authorization(request), request.formAttributes()))));
    }

    private void ask(HttpServerRequest request, String path) {
        Trip trip = latency.draw(SplitMix.of(seed, arrivals.incrementAndGet()));
        delivery.after(trip.there(), () -> {
            clock.requested();
            SimulatedResponse reply = serve(request, path);
            delivery.after(trip.back(), () -> delivery.send(request, reply));
        });
    }

    private SimulatedResponse serve(HttpServerRequest request, String path) {
        try {
            return service.serve(new IncomingRequest(
                    request.method().name(),
                    path,
                    String.valueOf(request.uri()),
                    request.params(),
                    authorization(request),
                    request.remoteAddress().hostAddress()));
        } catch (RuntimeException e) {
            log.error("the simulator itself failed at {}", request.uri(), e);
            return SimulatedResponse.error(500, "the simulator failed: " + e);
        }
    }

    private static Optional<String> authorization(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"));
    }
}
