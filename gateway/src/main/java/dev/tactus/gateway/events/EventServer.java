package dev.tactus.gateway.events;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tactus.gateway.config.EventSettings;
import dev.tactus.gateway.config.GatewaySettings;
import dev.tactus.gateway.state.ChangeEvent;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.state.Subscription;
import dev.tactus.gateway.state.SubscriptionRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Events in place of polling, served on a loopback port to which the data path forwards what is about subscriptions:
/// it knows by then which application asks, and says so beside a secret that nobody else has.
///
/// Everything here blocks, on virtual threads; the data path never does. What is promised is in the state file before
/// it is answered. Thread-safe.
public final class EventServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventServer.class);
    private static final int LARGEST_BODY = 256 * 1024;
    private static final int PAGE = 100;
    /// Stands for the status of an answer that was written as it came.
    private static final int STREAMED = 0;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration TIDY_EVERY = Duration.ofSeconds(30);

    private final InternalSecret secret = InternalSecret.make();
    private final Subscribers subscribers;
    private final SubscriptionRecords records;
    private final ResourcePoller poller;
    private final CallbackSender sender;
    private final SubscriptionApi api;
    private final InstantSource clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tactus-events-", 0).factory());
    private volatile EventSettings settings;

    /// Takes requests from now on; [#start] begins to ask the upstream.
    ///
    /// @param died is told of subscriptions whose callbacks were given up
    /// @throws IOException if there is no free port
    public EventServer(
            StateFile file,
            GatewaySettings gateway,
            EventSettings settings,
            InstantSource clock,
            BiConsumer<Subscription, String> died)
            throws IOException {
        this.settings = settings;
        this.clock = clock;
        records = file.subscriptions();
        subscribers = new Subscribers(records);
        CallbackTransport transport = new CallbackTransport(
                new PublicAddresses(settings.privateAddresses()), (SSLSocketFactory) SSLSocketFactory.getDefault());
        poller = new ResourcePoller(subscribers, settings, secret, clock);
        sender = new CallbackSender(subscribers, transport, clock, died::accept);
        subscribers.delivers(sender::deliver);
        api = new SubscriptionApi(
                subscribers, poller, transport, gateway.identify().field(), clock);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    public InternalSecret secret() {
        return secret;
    }

    /// Begins to ask for resources and to deliver what was left.
    ///
    /// @param through the data path's own listening socket on this machine
    public void start(InetSocketAddress through) {
        poller.start(through);
        subscribers.all().forEach(sender::deliver);
        threads.execute(this::tidy);
    }

    /// Goes by another configuration; the addresses that callbacks may have stay what they were.
    public void configure(EventSettings changed) {
        settings = changed;
        poller.configure(changed);
        subscribers.all().forEach(poller::follow);
    }

    private void tidy() {
        try {
            while (true) {
                Thread.sleep(TIDY_EVERY);
                Instant now = clock.instant();
                try {
                    records.forget(now, now.minus(settings.keep()));
                    subscribers.forget(now);
                } catch (RuntimeException e) {
                    log.error("expired subscriptions could not be deleted: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            SubscriptionApi.Answer answer;
            try {
                answer = answer(exchange);
            } catch (JacksonException e) {
                answer = SubscriptionApi.Answer.error(400, "the body is not JSON: " + e.getOriginalMessage());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                answer = SubscriptionApi.Answer.error(500, "internal error; see the gateway's log");
            }
            if (answer.status() != STREAMED) {
                send(exchange, answer);
            }
        }
    }

    private SubscriptionApi.Answer answer(HttpExchange exchange) throws IOException, InterruptedException {
        String known = exchange.getRequestHeaders().getFirst(InternalSecret.FIELD);
        if (known == null || !secret.is(known)) {
            return SubscriptionApi.Answer.error(403, "this port is the gateway's own");
        }
        String path = exchange.getRequestURI().getRawPath();
        String method = exchange.getRequestMethod();
        if (path.equals("/events")) {
            return method.equals("POST") ? publish(exchange) : SubscriptionApi.Answer.error(405, "use POST");
        }
        String encoded = exchange.getRequestHeaders().getFirst(InternalSecret.APPLICATION);
        if (encoded == null) {
            return SubscriptionApi.Answer.error(401, "subscriptions are for applications that the gateway knows");
        }
        String application = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        String rest = path.substring(settings.prefix().length());
        List<String> parts = List.of(rest.split("/", -1)).stream()
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.isEmpty()) {
            return switch (method) {
                case "POST" -> api.subscribe(application, body(exchange), exchange.getRequestHeaders(), settings);
                case "GET", "HEAD" -> api.list(application);
                default -> SubscriptionApi.Answer.error(405, "use GET or POST");
            };
        }
        Optional<Subscription> one = api.find(application, parts.getFirst());
        if (one.isEmpty()
                || parts.size() > 2
                || (parts.size() == 2 && !parts.get(1).equals("events"))) {
            return SubscriptionApi.Answer.error(404, "this application has no such subscription");
        }
        if (parts.size() == 2) {
            return method.equals("GET") ? events(exchange, one.get()) : SubscriptionApi.Answer.error(405, "use GET");
        }
        return switch (method) {
            case "GET", "HEAD" -> api.show(one.get());
            case "DELETE" -> api.end(one.get());
            default -> SubscriptionApi.Answer.error(405, "use GET or DELETE");
        };
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        return EventFormat.MAPPER.readTree(exchange.getRequestBody().readNBytes(LARGEST_BODY));
    }

    /// `POST /events`: `{"resource", "data"}`, or a CloudEvent whose subject is the resource.
    private SubscriptionApi.Answer publish(HttpExchange exchange) throws IOException {
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        Optional<String> token = settings.publishToken();
        if (token.isEmpty()) {
            return SubscriptionApi.Answer.error(403, "events can't be posted: events.publish_token is not set");
        }
        if (!MessageDigest.isEqual(
                ("Bearer " + token.get()).getBytes(StandardCharsets.UTF_8),
                authorization.getBytes(StandardCharsets.UTF_8))) {
            return SubscriptionApi.Answer.error(401, "expected Authorization: Bearer and the publish token");
        }
        JsonNode body = body(exchange);
        String resource = body.path("resource").asString(body.path("subject").asString(""));
        if (!body.isObject()
                || settings.resource(resource.isEmpty() ? "/" : resource).isEmpty()) {
            return SubscriptionApi.Answer.error(
                    400,
                    "expected {\"resource\": \"/path\", \"data\": …} with a resource of events.resources, found \""
                            + resource + "\"");
        }
        Instant at = clock.instant();
        ChangeEvent event = records.changed(
                resource,
                "",
                Optional.empty(),
                at,
                number -> EventFormat.published(
                        number, resource, at, body.path("type").asString(""), body.path("data")));
        subscribers.tell(event);
        return new SubscriptionApi.Answer(202, Map.of("id", EventFormat.id(event.number())));
    }

    /// `GET /subscriptions/ID/events`: a stream of server-sent events, or those after one as JSON.
    private SubscriptionApi.Answer events(HttpExchange exchange, Subscription one)
            throws IOException, InterruptedException {
        boolean stream =
                String.valueOf(exchange.getRequestHeaders().getFirst("Accept")).contains("text/event-stream");
        Optional<String> last = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID"))
                .or(() -> after(exchange));
        if (last.filter(text -> !text.strip().matches("(evt_)?\\d{1,18}")).isPresent()) {
            return SubscriptionApi.Answer.error(400, "expected the id of an event, such as 42");
        }
        Optional<Long> since = last.map(text -> Long.parseLong(text.strip().replace("evt_", "")));
        if (stream) {
            // without a place it begins with what comes from now on
            stream(exchange, one, Math.max(one.firstEvent(), since.orElseGet(records::lastEvent)));
            return new SubscriptionApi.Answer(STREAMED, Map.of());
        }
        long from = Math.max(one.firstEvent(), since.orElse(0L));
        List<ChangeEvent> events = visible(one, from);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "events",
                events.stream()
                        .map(event -> EventFormat.MAPPER.readTree(event.body()))
                        .toList());
        fields.put("last", events.isEmpty() ? from : events.getLast().number());
        return new SubscriptionApi.Answer(200, fields);
    }

    private static Optional<String> after(HttpExchange exchange) {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return List.of(query.split("&", -1)).stream()
                .filter(pair -> pair.startsWith("after="))
                .map(pair -> pair.substring(6))
                .findFirst();
    }

    private List<ChangeEvent> visible(Subscription one, long from) {
        return subscribers.isShutOut(one) ? List.of() : records.after(one.resource(), one.application(), from, PAGE);
    }

    private void stream(HttpExchange exchange, Subscription one, long from) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        Semaphore wakes = new Semaphore(0);
        Subscribers.Listening listening = subscribers.listening(one.resource(), wakes::release);
        try (OutputStream out = exchange.getResponseBody()) {
            follow(out, one, from, wakes);
        } finally {
            listening.close();
        }
    }

    private void follow(OutputStream out, Subscription one, long from, Semaphore wakes)
            throws IOException, InterruptedException {
        long sent = from;
        write(out, ": tactus\n\n");
        while (api.find(one.application(), one.id()).isPresent()) {
            for (ChangeEvent event : visible(one, sent)) {
                write(
                        out,
                        "id: " + event.number() + "\nevent: " + EventFormat.TYPE + "\ndata: " + event.body() + "\n\n");
                sent = event.number();
            }
            if (!wakes.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                write(out, ":\n\n");
            }
            wakes.drainPermits();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void send(HttpExchange exchange, SubscriptionApi.Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (answer.status() == 204) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        byte[] bytes = (EventFormat.MAPPER.writeValueAsString(answer.body()) + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean bare = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bare ? -1 : bytes.length);
        if (!bare) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        poller.close();
        sender.close();
        threads.close();
    }
}
