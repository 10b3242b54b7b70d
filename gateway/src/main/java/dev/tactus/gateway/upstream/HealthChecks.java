package dev.tactus.gateway.upstream;

import dev.tactus.gateway.network.HealthSettings;
import dev.tactus.gateway.network.Timeouts;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Asks every address of the upstreams whether it is well: a GET of the configured path over a connection of its own,
/// spoken as to everybody else behind it. An answer of 2xx or 3xx within two seconds is well. Used on its worker's
/// event
/// loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the check, and that is seen
public final class HealthChecks {
    private static final long LOOK_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ProxyWorker worker;
    private final Supplier<? extends Collection<UpstreamTarget>> targets;
    private final Map<UpstreamAddress, Long> asked = new HashMap<>();

    /// @param targets those of the configuration that holds
    public HealthChecks(ProxyWorker worker, Supplier<? extends Collection<UpstreamTarget>> targets) {
        this.worker = worker;
        this.targets = targets;
    }

    /// Checks from now on.
    public void start() {
        worker.executor().scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        Map<UpstreamAddress, Long> known = new HashMap<>();
        for (UpstreamTarget target : targets.get()) {
            Optional<HealthSettings> health = target.upstream().health();
            if (health.flatMap(HealthSettings::path).isPresent()) {
                for (UpstreamAddress address : target.resolver().addresses()) {
                    Long last = asked.get(address);
                    if (last == null || now - last >= health.get().every().toNanos()) {
                        known.put(address, now);
                        new Check(target, address, health.get().path().get()).begin();
                    } else {
                        known.put(address, last);
                    }
                }
            }
        }
        asked.clear();
        asked.putAll(known);
    }

    /// One question to one address.
    private final class Check implements UpstreamPool.ConnectCallback, UpstreamConnection.ResponseListener {
        private final UpstreamTarget target;
        private final UpstreamAddress address;
        private final String path;
        private Optional<UpstreamConnection> connection = Optional.empty();
        private boolean over;

        Check(UpstreamTarget target, UpstreamAddress address, String path) {
            this.target = target;
            this.address = address;
            this.path = path;
        }

        void begin() {
            Timeouts timeouts = new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE, PATIENCE);
            worker.executor().schedule(() -> end(Optional.of("no answer")), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            worker.pool().connect(target, address, timeouts, this);
        }

        private void end(Optional<String> failure) {
            if (!over) {
                over = true;
                address.checked(failure);
                connection.ifPresent(UpstreamConnection::close);
            }
        }

        @Override
        public void connected(UpstreamConnection connected) {
            if (over) {
                connected.close();
                return;
            }
            connection = Optional.of(connected);
            connected.lend(this, false);
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.GET, target.upstream().path() + path);
            request.headers()
                    .set(HttpHeaderNames.HOST, target.authority())
                    .set(HttpHeaderNames.USER_AGENT, "tactus-health")
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            connected.send(request);
            connected.flush();
        }

        @Override
        public void failed(Throwable why) {
            end(Optional.of(String.valueOf(why.getMessage())));
        }

        @Override
        public void responseHead(HttpResponse head) {
            HttpStatusClass sort = head.status().codeClass();
            if (sort != HttpStatusClass.INFORMATIONAL) {
                boolean well = sort == HttpStatusClass.SUCCESS || sort == HttpStatusClass.REDIRECTION;
                end(
                        well
                                ? Optional.empty()
                                : Optional.of("status " + head.status().code()));
            }
        }

        @Override
        public void responseBody(HttpContent piece, boolean last) {
            piece.release();
        }

        @Override
        public void responseUnreadable() {
            end(Optional.of("no HTTP"));
        }

        @Override
        public void responseRead() {}

        @Override
        public void upstreamTakesMore() {}

        @Override
        public void sendingFailed() {
            end(Optional.of("a connection that was closed"));
        }

        @Override
        public void connectionLost(boolean stale) {
            end(Optional.of("a connection that was closed"));
        }
    }
}
