package dev.tactus.simulator;

import dev.tactus.limits.Ticker;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.fault.RecordingFaults;
import dev.tactus.simulator.fault.TrackMutation;
import dev.tactus.simulator.quota.SimulatorClock;
import dev.tactus.simulator.service.SimulatedService;
import dev.tactus.simulator.service.SimulatorReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/// A DSP on this machine, with real limits and real faults: the metrics API, Deezer's look-up by ISRC, and
/// `/_sim/report` and `/_sim/catalog.csv` about itself. Listening from start to close. Thread-safe.
public final class Simulator implements AutoCloseable {
    private static final int LONGEST_LINE = 64 * 1024;

    private final String host;
    private final Vertx vertx;
    private final ServedCatalog catalog;
    private final SimulatedService service;
    private final int port;

    private Simulator(SimulatorSettings settings, Ticker ticker, InstantSource calendar) {
        this.host = settings.host();
        this.catalog = settings.open();
        SimulatorClock clock = new SimulatorClock(ticker, calendar);
        Behaviour behaviour = settings.behaviour();
        this.service = new SimulatedService(catalog, behaviour, settings.seed(), clock);
        this.vertx = Vertx.builder().with(options()).build();
        RequestRouter front = new RequestRouter(
                service, catalog, behaviour.latency(), clock, new ResponseWriter(vertx), settings.seed());
        this.port = listen(front, settings.port());
    }

    /// Starts one in real time.
    ///
    /// @throws UncheckedIOException or IllegalArgumentException for a catalog that can't be read
    /// @throws IllegalStateException where the port is taken
    public static Simulator start(SimulatorSettings settings) {
        return start(settings, Ticker.system(), InstantSource.system());
    }

    /// Starts one whose limits and schedules live in a time of the caller's; latency stays real.
    public static Simulator start(SimulatorSettings settings, Ticker ticker, InstantSource calendar) {
        return new Simulator(settings, ticker, calendar);
    }

    public int port() {
        return port;
    }

    public URI baseUri() {
        return URI.create("http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port);
    }

    /// What is served, before any fault.
    public ServedCatalog catalog() {
        return catalog;
    }

    /// Which recordings have which faults.
    public RecordingFaults faults() {
        return service.recordingFaults();
    }

    /// How faults change a track.
    public TrackMutation disguise() {
        return service.disguise();
    }

    /// What was seen so far; the same as `GET /_sim/report`.
    public SimulatorReport report() {
        return service.report();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private int listen(RequestRouter front, int wanted) {
        try {
            return listening(front, wanted).actualPort();
        } catch (CompletionException e) {
            close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "cannot listen on " + host + ":" + wanted + " (" + cause.getMessage() + "); is the port in use?",
                    cause);
        }
    }

    private HttpServer listening(RequestRouter front, int on) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(on)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setReuseAddress(true);
        Future<HttpServer> server =
                vertx.createHttpServer(options).requestHandler(front).listen();
        return server.toCompletionStage().toCompletableFuture().join();
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
