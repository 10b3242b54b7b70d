package dev.tactus.gateway;

import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.enforcement.EnforcementPolicy;
import dev.tactus.gateway.enforcement.QuotaWatch;
import dev.tactus.gateway.enforcement.RateLimitHeaders;
import dev.tactus.gateway.events.EventServer;
import dev.tactus.gateway.http.ListenFailure;
import dev.tactus.gateway.http.SocketTransport;
import dev.tactus.gateway.identity.CreatedApplications;
import dev.tactus.gateway.pace.PacingPolicyFactory;
import dev.tactus.gateway.proxy.AdmissionCheck;
import dev.tactus.gateway.proxy.ClientChannelInitializer;
import dev.tactus.gateway.proxy.RuntimeConfig;
import dev.tactus.gateway.proxy.TrafficPolicy;
import dev.tactus.gateway.shared.SharedLimiter;
import dev.tactus.gateway.tracing.RequestTracer;
import dev.tactus.gateway.upstream.HealthChecks;
import dev.tactus.gateway.upstream.ProxyWorker;
import dev.tactus.gateway.upstream.UpstreamTarget;
import dev.tactus.gateway.usage.AccessLog;
import dev.tactus.gateway.usage.PollingDetector;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.settings.InvalidConfiguration;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/// The data path: takes requests, has the policy decide on them, forwards them to the upstream.
///
/// Everything about an exchange happens on the event loop of the client's connection, so that nothing there needs a
/// lock. Listening from start to close; a reload changes what it goes by without touching a connection. Thread-safe.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class Gateway implements AutoCloseable {
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 128 * 1024);
    private static final int BACKLOG = 4096;
    private static final int STORE_PATIENCE_SECONDS = 3;

    private final Dependencies dependencies;
    private final RuntimeConfigFactory configs;
    private final MultiThreadIoEventLoopGroup group;
    private final Map<EventExecutor, ProxyWorker> workers = new HashMap<>();
    private final Channel listening;
    private final Optional<Channel> internal;
    private final String transport;
    private final Optional<SharedLimiter> shared;
    private volatile RuntimeConfig config;
    private volatile boolean draining;

    /// What the gateway works with.
    ///
    /// @param usage counts what becomes of requests
    /// @param statuses says how applications stand
    /// @param ticker nanoseconds since the epoch that never go back, see [Ticker#sinceEpoch]
    /// @param used what applications have used of their limits, by [RequestIdentity.Application#key]
    /// @param created the applications and keys that the configuration doesn't name
    /// @param watch is told whose quotas are used
    /// @param polling is told who asks for what
    /// @param tracer makes spans of requests
    /// @param accessLog what became of each request is written there
    /// @param events what is asked about subscriptions
    /// @param queue where requests wait in pace mode
    public record Dependencies(
            UsageMeterRegistry usage,
            ComplianceStatuses statuses,
            Ticker ticker,
            KeyedLimiter<String> used,
            CreatedApplications created,
            QuotaWatch watch,
            PollingDetector polling,
            RequestTracer tracer,
            AccessLog accessLog,
            Optional<EventServer> events,
            Optional<PacingPolicyFactory> queue) {
        /// Without a past, and without a queue, so for enforce mode only.
        public Dependencies(UsageMeterRegistry usage, ComplianceStatuses statuses, Ticker ticker) {
            this(
                    usage,
                    statuses,
                    ticker,
                    new KeyedLimiter<>(),
                    new CreatedApplications(ticker),
                    new QuotaWatch(),
                    new PollingDetector(),
                    RequestTracer.off(),
                    AccessLog.off(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private Gateway(
            GatewaySettings settings,
            Dependencies dependencies,
            TrafficPolicy.Factory policies,
            SocketTransport transport,
            Optional<SharedLimiter> shared)
            throws IOException {
        this.dependencies = dependencies;
        this.shared = shared;
        this.transport = transport.name();
        configs = new RuntimeConfigFactory(dependencies, policies);
        config = configs.make(settings, Set.of());
        group = transport.loops(settings.threads(), "tactus-gateway");
        for (EventExecutor executor : group) {
            ProxyWorker worker = new ProxyWorker((EventLoop) executor, dependencies.ticker(), transport);
            workers.put(executor, worker);
            worker.start(settings.timeouts());
        }
        shared.ifPresent(this::connect);
        ProxyWorker first = workers.values().iterator().next();
        new HealthChecks(first, () -> configs.targets(config)).start();
        listening = listen(transport, settings.listen(), false);
        internal = dependencies.events().isPresent()
                ? Optional.of(listen(transport, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true))
                : Optional.empty();
    }

    /// Requests are taken once it is known whether the shared store can be reached: the first of them would pay for the
    /// connection otherwise, and be decided on without it.
    private void connect(SharedLimiter store) {
        CompletableFuture<?>[] loops = StreamSupport.stream(group.spliterator(), false)
                .map(loop -> CompletableFuture.supplyAsync(() -> store.connect((EventLoop) loop), loop)
                        .thenCompose(begun -> begun))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(loops)
                .completeOnTimeout(null, STORE_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /// @param ofOurOwn whether only the gateway's own requests are taken
    private Channel listen(SocketTransport transport, InetSocketAddress address, boolean ofOurOwn)
            throws ListenFailure {
        AdmissionCheck admission =
                new AdmissionCheck(() -> config, dependencies.statuses(), dependencies.usage(), ofOurOwn);
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, SocketTransport.BUFFERS)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ClientChannelInitializer(admission, this::worker, ofOurOwn))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            release();
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new ListenFailure(address, bound.cause());
        }
        return bound.channel();
    }

    /// Starts to enforce limits, or to pace by them.
    ///
    /// @throws InvalidConfiguration for files that the configuration names and that can't be used
    /// @throws IOException if the address can't be listened on
    public static Gateway start(GatewaySettings settings, Dependencies dependencies) throws IOException {
        SocketTransport transport = SocketTransport.best();
        Optional<SharedLimiter> shared = shared(settings, transport, SharedLimiter.PATIENCE);
        TrafficPolicy.Factory enforcing = enforcing(dependencies, shared);
        TrafficPolicy.Factory policies = each -> switch (each.mode()) {
            case ENFORCE -> enforcing.make(each);
            case PACE ->
                dependencies
                        .queue()
                        .orElseThrow(() -> new IllegalArgumentException("pace mode needs a queue"))
                        .policies()
                        .make(each);
        };
        return new Gateway(settings, dependencies, policies, transport, shared);
    }

    static Gateway start(
            GatewaySettings settings,
            Dependencies dependencies,
            TrafficPolicy.Factory policies,
            SocketTransport transport)
            throws IOException {
        return start(settings, dependencies, policies, transport, Optional.empty());
    }

    /// The same with limits that are held together with other gateways.
    static Gateway start(
            GatewaySettings settings,
            Dependencies dependencies,
            TrafficPolicy.Factory policies,
            SocketTransport transport,
            Optional<SharedLimiter> shared)
            throws IOException {
        return new Gateway(settings, dependencies, policies, transport, shared);
    }

    static Optional<SharedLimiter> shared(GatewaySettings settings, SocketTransport transport, Duration patience) {
        return settings.shared().map(store -> new SharedLimiter(store, transport.channel(), patience));
    }

    static TrafficPolicy.Factory enforcing(Dependencies dependencies, Optional<SharedLimiter> shared) {
        return settings -> new EnforcementPolicy(
                dependencies.used(),
                dependencies.statuses(),
                RateLimitHeaders.of(settings.dialect(), settings.refusalBody()),
                dependencies.ticker(),
                shared,
                dependencies.watch(),
                settings.warnings()
                        .map(warnings -> OptionalDouble.of(warnings.at().doubleValue()))
                        .orElseGet(OptionalDouble::empty));
    }

    /// Goes by another configuration from now on; exchanges under way go on by the one they began with.
    ///
    /// @throws InvalidConfiguration if it can't be used, or changes what only a start can change; then the old one
    /// stays
    public void reload(GatewaySettings changed) {
        GatewaySettings before = config.settings();
        requireSame("listen", before.listen(), changed.listen());
        requireSame("admin", before.admin(), changed.admin());
        requireSame("state", before.state(), changed.state());
        requireSame(
                before.upstreams().isEmpty() ? "mode" : "the names and modes of upstreams",
                modes(before),
                modes(changed));
        requireSame("shared", before.shared(), changed.shared());
        requireSame("events", before.events().isPresent(), changed.events().isPresent());
        requireSame("threads", before.threads(), changed.threads());
        RuntimeConfig old = config;
        Set<UpstreamTarget> known = configs.targets(old);
        RuntimeConfig next = configs.make(changed, known);
        config = next;
        old.all().forEach(each -> each.authenticator().close());
        Set<UpstreamTarget> wanted = configs.targets(next);
        if (!wanted.equals(known)) {
            known.stream()
                    .filter(target -> !wanted.contains(target))
                    .forEach(target -> target.resolver().close());
            workers.values()
                    .forEach(worker ->
                            worker.executor().execute(() -> worker.pool().keepOnly(wanted)));
        }
    }

    /// What it goes by.
    public GatewaySettings settings() {
        return config.settings();
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /// Where it takes requests on behalf of subscribers, where there can be any.
    public Optional<InetSocketAddress> internalAddress() {
        return internal.map(channel -> (InetSocketAddress) channel.localAddress());
    }

    /// The addresses of each upstream by its name, and whether requests go there now.
    public Map<String, Map<String, Boolean>> upstreamHealth() {
        long now = dependencies.ticker().nanos();
        Map<String, Map<String, Boolean>> all = new LinkedHashMap<>();
        for (RuntimeConfig each : config.all()) {
            Map<String, Boolean> of = new LinkedHashMap<>();
            each.target().resolver().addresses().forEach(address -> of.put(address.name(), address.isHealthy(now)));
            all.put(each.settings().name(), of);
        }
        return all;
    }

    /// How its sockets are served: `epoll` or `NIO`.
    public String transport() {
        return transport;
    }

    /// Why no more requests should be sent here, if they shouldn't.
    public Optional<String> unready() {
        if (draining) {
            return Optional.of("stopping");
        }
        return shared.filter(SharedLimiter::refusesNow).map(lost -> "the store of the shared quota cannot be reached");
    }

    /// Takes no more connections, lets exchanges under way come to their end for as long as `timeouts.drain`, and
    /// stops.
    @Override
    public void close() {
        draining = true;
        listening.close().awaitUninterruptibly();
        internal.ifPresent(channel -> channel.close().awaitUninterruptibly());
        config.all().forEach(each -> each.policy().drain());
        workers.values().forEach(worker -> worker.executor().execute(worker::drain));
        Duration patience = config.settings().timeouts().drain();
        long until = System.nanoTime() + patience.toNanos();
        while (open() > 0 && System.nanoTime() < until && pause()) {
            workers.values().forEach(worker -> worker.executor().execute(worker::drain));
        }
        release();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void release() {
        config.all().forEach(each -> each.authenticator().close());
        configs.targets(config).forEach(target -> target.resolver().close());
    }

    private static boolean pause() {
        try {
            Thread.sleep(10);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Connections and streams of clients that are open.
    int open() {
        return sum(ProxyWorker::clients);
    }

    /// Connections to the upstream that are open.
    int openUpstream() {
        return sum(worker -> worker.pool().open());
    }

    /// Connections to the upstream that wait for a request.
    int idleUpstream() {
        return sum(worker -> worker.pool().idleCount());
    }

    private int sum(java.util.function.ToIntFunction<ProxyWorker> count) {
        List<Future<Integer>> counts = new ArrayList<>();
        workers.values().forEach(worker -> counts.add(worker.executor().submit(() -> count.applyAsInt(worker))));
        return counts.stream()
                .mapToInt(each -> each.awaitUninterruptibly().getNow())
                .sum();
    }

    private ProxyWorker worker(Channel channel) {
        ProxyWorker worker = workers.get(channel.eventLoop());
        if (worker == null) {
            throw new IllegalStateException("a connection on a loop that isn't the gateway's");
        }
        return worker;
    }

    private static List<String> modes(GatewaySettings settings) {
        return settings.each().stream()
                .map(each -> each.name() + " " + each.mode())
                .sorted()
                .toList();
    }

    private void requireSame(String key, Object before, Object after) {
        if (!before.equals(after)) {
            throw new InvalidConfiguration(
                    config.settings().file() + ": " + key + ": a change takes effect only after a restart; "
                            + "until then the old configuration stays in force");
        }
    }
}
