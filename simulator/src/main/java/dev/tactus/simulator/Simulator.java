package dev.tactus.simulator;

import dev.tactus.limits.Ticker;
import dev.tactus.simulator.behaviour.Behaviour;
import dev.tactus.simulator.catalog.ServedCatalog;
import dev.tactus.simulator.fault.RecordingFaults;
import dev.tactus.simulator.fault.TrackMutation;
import dev.tactus.simulator.quota.SimulatorClock;
import dev.tactus.simulator.service.SimulatedService;
import dev.tactus.simulator.service.SimulatorReport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// A DSP on this machine, with real limits and real faults: the metrics API, Deezer's look-up by ISRC, and
/// `/_sim/report` and `/_sim/catalog.csv` about itself. Listening from start to close. Thread-safe.
public final class Simulator implements AutoCloseable {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LONGEST_BODY = 64 * 1024;
    private static final int CLOSE_SECONDS = 5;

    private final String host;
    private final ServedCatalog catalog;
    private final SimulatedService service;
    private final EventLoopGroup threads;
    private final Channel listener;

    private Simulator(SimulatorSettings settings, Ticker ticker, InstantSource calendar) {
        this.host = settings.host();
        this.catalog = settings.open();
        SimulatorClock clock = new SimulatorClock(ticker, calendar);
        Behaviour behaviour = settings.behaviour();
        this.service = new SimulatedService(catalog, behaviour, settings.seed(), clock);
        this.threads = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("tactus-simulator"),
                NioIoHandler.newFactory());
        this.listener =
                listen(new RequestRouter(service, catalog, behaviour.latency(), clock, settings.seed()), settings);
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
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    public URI baseUri() {
        return URI.create("http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + port());
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
    public TrackMutation mutation() {
        return service.mutation();
    }

    /// What was seen so far; the same as `GET /_sim/report`.
    public SimulatorReport report() {
        return service.report();
    }

    @Override
    public void close() {
        // a listener that only its loop's end closes may go on listening: the loop may end before it has let go of it
        if (listener.isOpen()) {
            listener.close().syncUninterruptibly();
        }
        threads.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Channel listen(RequestRouter router, SimulatorSettings settings) {
        ChannelFuture bound = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(
                                                new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE)),
                                        new HttpServerKeepAliveHandler(),
                                        new HttpObjectAggregator(LONGEST_BODY),
                                        new ChunkedWriteHandler(),
                                        new HttpConnection(router));
                    }
                })
                .bind(host, settings.port())
                .awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        threads.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
        Throwable cause = bound.cause();
        throw new IllegalStateException(
                "cannot listen on " + host + ":" + settings.port() + " (" + cause.getMessage()
                        + "); is the port in use?",
                cause);
    }
}
