package dev.tactus.simulator;

import dev.tactus.simulator.behaviour.Latency;
import dev.tactus.simulator.behaviour.Latency.Trip;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.catalog.SplitMix;
import dev.tactus.simulator.quota.SimulatorClock;
import dev.tactus.simulator.service.SimulatedResponse;
import dev.tactus.simulator.service.SimulatedService;
import dev.tactus.simulator.service.SimulatedService.IncomingRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leads requests to what answers them: the simulator itself, the tokens, the service, with their time on the way.
/// Thread-safe.
final class RequestRouter {
    private static final Logger log = LoggerFactory.getLogger(RequestRouter.class);

    private final SimulatedService service;
    private final ServedCatalog catalog;
    private final Latency latency;
    private final SimulatorClock clock;
    private final long seed;
    private final AtomicLong arrivals = new AtomicLong();

    RequestRouter(SimulatedService service, ServedCatalog catalog, Latency latency, SimulatorClock clock, long seed) {
        this.service = service;
        this.catalog = catalog;
        this.latency = latency;
        this.clock = clock;
        this.seed = SplitMix.of(seed, 0x74726970L);
    }

    void route(IncomingRequest request, Map<String, String> form, ResponseWriter writer) {
        switch (request.path()) {
            case "/_sim/report" ->
                writer.send(SimulatedResponse.ok(service.report().json()));
            case "/_sim/catalog.csv" -> writer.send(new CatalogDownload(catalog));
            case "/api/token" -> token(writer, request, form);
            default -> ask(writer, request);
        }
    }

    private void token(ResponseWriter writer, IncomingRequest request, Map<String, String> form) {
        if (!request.method().equals("POST")) {
            writer.send(SimulatedResponse.error(405, "Method not allowed").with("Allow", "POST"));
            return;
        }
        Trip trip = latency.draw(SplitMix.of(seed, arrivals.incrementAndGet(), 1));
        writer.after(trip.there().plus(trip.back()), () -> writer.send(service.grant(request.authorization(), form)));
    }

    private void ask(ResponseWriter writer, IncomingRequest request) {
        Trip trip = latency.draw(SplitMix.of(seed, arrivals.incrementAndGet()));
        writer.after(trip.there(), () -> {
            clock.requested();
            SimulatedResponse response = serve(request);
            writer.after(trip.back(), () -> writer.send(response));
        });
    }

    private SimulatedResponse serve(IncomingRequest request) {
        try {
            return service.serve(request);
        } catch (RuntimeException e) {
            log.error("the simulator itself failed at {}", request.uri(), e);
            return SimulatedResponse.error(500, "the simulator failed: " + e);
        }
    }
}
