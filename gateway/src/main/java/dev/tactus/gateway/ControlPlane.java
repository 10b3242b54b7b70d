package dev.tactus.gateway;

import dev.tactus.database.DatabaseFailure;
import dev.tactus.gateway.admin.AdminApi;
import dev.tactus.gateway.admin.AdminServer;
import dev.tactus.gateway.admin.AdminToken;
import dev.tactus.gateway.admin.ApplicationsApi;
import dev.tactus.gateway.admin.ChangeListener;
import dev.tactus.gateway.admin.UsageFlusher;
import dev.tactus.gateway.config.ApplicationSettings;
import dev.tactus.gateway.config.GatewayMode;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.enforcement.QuotaWatch;
import dev.tactus.gateway.events.EventServer;
import dev.tactus.gateway.identity.CreatedApplications;
import dev.tactus.gateway.metrics.GatewayMetrics;
import dev.tactus.gateway.pace.PacingPolicyFactory;
import dev.tactus.gateway.pace.PacingQueue;
import dev.tactus.gateway.pace.QueueMetrics;
import dev.tactus.gateway.shared.SharedState;
import dev.tactus.gateway.shared.SharedUsage;
import dev.tactus.gateway.state.QuotaCheckpoint;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.state.Subscription;
import dev.tactus.gateway.tracing.RequestTracer;
import dev.tactus.gateway.usage.AccessLog;
import dev.tactus.gateway.usage.PollingDetector;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.usage.UsagePeers;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.gateway.violations.ContactMessageBody;
import dev.tactus.gateway.violations.ContactMessageSender;
import dev.tactus.gateway.violations.QuotaWarnings;
import dev.tactus.gateway.violations.ViolationPolicy;
import dev.tactus.limits.PacerAlarms;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.webhook.WebhookSigner;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything beside the data path: the state file, the books, the watch over applications, messages to their
/// contacts, the admin's address.
///
/// Two threads of its own: one writes and judges, one sends messages. The data path sees [#usage] and [#standings]
/// and is never held up by anything here. Thread-safe.
public final class ControlPlane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlPlane.class);

    /// The commonest window, where the upstream's is to be learned.
    private static final Duration ASSUMED_WINDOW = Duration.ofMinutes(1);

    private final StateFile file;
    private final UsageMeterRegistry usage = new UsageMeterRegistry();
    private final ComplianceStatuses standings = new ComplianceStatuses();
    private final KeyedLimiter<String> used = new KeyedLimiter<>();
    private final QuotaWatch watch = new QuotaWatch();
    private final PollingDetector polling = new PollingDetector();
    private final RequestTracer tracer;
    private final AccessLog accessLog;
    private final Optional<EventServer> events;
    private final CreatedApplications created;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final GatewayMetrics metrics;
    private final QuotaCheckpoint windows;
    private final ViolationPolicy conduct;
    private final QuotaWarnings warnings;
    private final Map<String, PacingQueue> queues = new LinkedHashMap<>();
    private final PacerAlarms alarms;
    private final PacingPolicyFactory queue;
    private final ApplicationsApi applications;
    private volatile GatewaySettings configured;
    private final UsageFlusher books;
    private final ContactMessageSender outbox;
    private final Optional<AdminServer> server;
    private final Optional<SharedState> shared;
    private final Optional<SharedUsage> usageOfAll;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CompletableFuture<Void> written;
    private final ExecutorService sending = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("tactus-gateway-outbox").daemon().factory());

    private ControlPlane(
            StateFile file,
            GatewaySettings settings,
            UnaryOperator<@Nullable String> environment,
            InstantSource clock,
            Supplier<Optional<String>> unready)
            throws IOException {
        this.file = file;
        configured = settings;
        created = new CreatedApplications(() -> {
            Instant now = clock.instant(); // keys end by the calendar
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        });
        tracer = RequestTracer.of(name -> Optional.ofNullable(environment.apply(name)));
        accessLog = new AccessLog(settings.accessLog(), clock);
        windows = file.windows(used);
        conduct = new ViolationPolicy(
                file,
                standings,
                application -> polling.pollers(Optional.of(application)).stream()
                        .map(AdminApi::polling)
                        .toList(),
                clock);
        metrics = new GatewayMetrics(registry);
        Ticker ticker = Ticker.system();
        alarms = new PacerAlarms(ticker);
        for (GatewaySettings each : settings.each()) {
            queues.put(
                    each.name(),
                    new PacingQueue(file.ceilings().of(each.name()), ticker, clock, alarms::alarm, ASSUMED_WINDOW));
        }
        queue = new PacingPolicyFactory(queues, new QueueMetrics(registry, queues), clock);
        usageOfAll = settings.shared()
                .map(store -> new SharedUsage(store, file.peers().id()));
        UsagePeers peers = usageOfAll.<UsagePeers>map(all -> all).orElseGet(UsagePeers::none);
        warnings = new QuotaWarnings(file, conduct::application, peers);
        books = new UsageFlusher(
                usage, file, windows, conduct, metrics::add, this::saveQueues, this::watch, peers, clock);
        Optional<WebhookSigner> signer =
                Optional.ofNullable(environment.apply("TACTUS_WEBHOOK_SECRET")).map(WebhookSigner::of);
        outbox = new ContactMessageSender(file, conduct, signer, clock);
        metrics.warn(warnings, clock);
        metrics.trace(tracer::sent, tracer::dropped);
        metrics.watch(conduct, standings, file.messages()::waiting, books::failing, accessLog::dropped);
        events = settings.events().isPresent()
                ? Optional.of(new EventServer(
                        file, settings, settings.events().get(), clock, (dead, reason) -> tell(dead, reason, clock)))
                : Optional.empty();
        applications = new ApplicationsApi(file, created, settings, this::applicationsChanged, clock);
        configure(settings);
        if (settings.mode() == GatewayMode.ENFORCE) {
            windows.restore(clock.instant());
        }
        if (signer.isEmpty()
                && settings.violations().isPresent()
                && settings.applications().stream()
                        .anyMatch(each -> each.contact().isPresent()
                                && each.contactSecret().isEmpty())) {
            log.warn("TACTUS_WEBHOOK_SECRET is not set: messages to contacts without a contact_secret can't be signed"
                    + " and will not be sent");
        }
        AdminToken token = AdminToken.of(Optional.ofNullable(environment.apply("TACTUS_ADMIN_TOKEN")));
        AdminApi api = new AdminApi(file, conduct, queues, polling, () -> configured, clock);
        server = settings.admin().isPresent()
                ? Optional.of(AdminServer.start(settings.admin().get(), api, applications, token, metrics, unready))
                : Optional.empty();
        shared = settings.shared().map(store -> {
            SharedState state = new SharedState(
                    store,
                    List.of(
                            new SharedState.Book(
                                    ChangeListener.APPLICATIONS,
                                    applications::sharedApplications,
                                    applications::followApplications),
                            new SharedState.Book(
                                    ChangeListener.KEYS, applications::sharedKeys, applications::followKeys),
                            new SharedState.Book(ChangeListener.STANDINGS, conduct::sharedStandings, conduct::follow)));
            applications.tells(state::changed);
            conduct.tells((id, standing) -> state.changed(ChangeListener.STANDINGS, id, standing));
            return state;
        });
        written = CompletableFuture.runAsync(this::write, Thread.ofPlatform().name("tactus-gateway-books")::start);
        sending.execute(this::send);
    }

    /// Opens the state file and starts all of it.
    ///
    /// @param environment variables by name: TACTUS_ADMIN_TOKEN, TACTUS_WEBHOOK_SECRET, OpenTelemetry's
    /// @param unready why no requests should come now, if they should not: what `/readyz` answers
    /// @throws DatabaseFailure if the state file can't be used, or another gateway holds it
    /// @throws IOException if the admin's address can't be listened on
    /// @throws IllegalArgumentException if a variable of the environment says what can't be done
    public static ControlPlane start(
            GatewaySettings settings,
            UnaryOperator<@Nullable String> environment,
            InstantSource clock,
            Supplier<Optional<String>> unready)
            throws IOException {
        StateFile file = StateFile.open(settings.state(), clock);
        boolean started = false;
        try {
            ControlPlane administration = new ControlPlane(file, settings, environment, clock, unready);
            started = true;
            return administration;
        } finally {
            if (!started) {
                file.close();
            }
        }
    }

    /// Goes by another configuration from now on: applications, contacts, rules. The state file and the admin's
    /// address stay what they were.
    public void configure(GatewaySettings settings) {
        configured = settings;
        accessLog.configure(settings.accessLog());
        applications.configure(settings);
        events.ifPresent(server -> settings.events().ifPresent(server::configure));
        for (GatewaySettings each : settings.each()) {
            PacingQueue known = queues.get(each.name());
            if (known != null && each.mode() == GatewayMode.PACE) {
                known.configure(each);
            }
        }
    }

    /// Lets the gateway's own requests on behalf of subscribers go through this data path, and tells its figures.
    public void follow(Gateway gateway) {
        events.ifPresent(server -> server.start(gateway.internalAddress().orElseThrow()));
        metrics.health(gateway::upstreamHealth);
    }

    /// Tells an application that nothing more is delivered to a callback of its.
    private void tell(Subscription dead, String reason, InstantSource clock) {
        log.error("subscription {} of {} is given up: {}", dead.id(), dead.application(), reason);
        if (conduct.application(dead.application())
                .flatMap(ApplicationSettings::contact)
                .isPresent()) {
            Instant now = clock.instant();
            file.messages()
                    .enqueue(
                            ContactMessageBody.id(),
                            dead.application(),
                            "subscription.dead",
                            ContactMessageBody.dead(dead, reason, now),
                            now);
        }
    }

    /// Applications were configured or created, changed or taken away.
    private void applicationsChanged(List<ApplicationSettings> all) {
        conduct.configure(all, configured.violations());
        if (configured.mode() == GatewayMode.ENFORCE) {
            windows.configure(all, configured.organizations());
        }
    }

    /// Counts what the data path does.
    public UsageMeterRegistry usage() {
        return usage;
    }

    /// Says how applications stand.
    public ComplianceStatuses standings() {
        return standings;
    }

    /// Where the data path may register figures of its own.
    public PrometheusRegistry registry() {
        return registry;
    }

    /// Where the admin's address is, if there is one.
    public Optional<InetSocketAddress> address() {
        return server.map(AdminServer::address);
    }

    /// What the data path works with.
    ///
    /// @param ticker nanoseconds since the epoch
    public Gateway.Dependencies parts(Ticker ticker) {
        return new Gateway.Dependencies(
                usage, standings, ticker, used, created, watch, polling, tracer, accessLog, events, Optional.of(queue));
    }

    RequestTracer tracer() {
        return tracer;
    }

    CreatedApplications created() {
        return created;
    }

    StateFile file() {
        return file;
    }

    /// Where requests to the first upstream wait.
    PacingQueue pacing() {
        return queues.values().iterator().next();
    }

    private void watch(Instant now) {
        configured.warnings().ifPresent(settings -> {
            warnings.look(
                    watch.take(used, TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano()), settings, now);
            watch.foretell(warnings.exhausted());
        });
    }

    private void saveQueues() {
        queues.values().forEach(PacingQueue::save);
    }

    UsageFlusher books() {
        return books;
    }

    private void write() {
        try {
            do {
                books.tick();
            } while (!stop.await(1, TimeUnit.SECONDS));
            books.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            do {
                attempt();
            } while (!stop.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            outbox.send();
        } catch (DatabaseFailure e) {
            log.error("sending messages failed: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("sending messages failed", e);
        }
    }

    /// Stops; what has been counted until now is on disk when this returns, unless the disk refuses it. The data path
    /// is to be closed before.
    @Override
    public void close() {
        server.ifPresent(AdminServer::close);
        shared.ifPresent(SharedState::close);
        events.ifPresent(EventServer::close);
        queues.values().forEach(PacingQueue::close);
        alarms.close();
        stop.countDown();
        sending.shutdownNow();
        outbox.close();
        written.join();
        usageOfAll.ifPresent(SharedUsage::close);
        sending.close();
        accessLog.close();
        tracer.close();
        file.close();
    }
}
