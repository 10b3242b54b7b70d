package dev.tactus.gateway.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.tactus.http.HttpOutcome;
import dev.tactus.http.HttpSettings;
import dev.tactus.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that signatures of tokens must fit: a JWK set (RFC 7517) of a file, or of an address.
///
/// What an address says is asked for again every minute, and at once, a second later at the earliest, when a token
/// names
/// a key that isn't there: whoever issues tokens changes its keys. A virtual thread of its own asks, so that no request
/// waits for it; while the address can't be reached the last known keys stay. Thread-safe.
final class VerificationKeys implements JWKSource<SecurityContext>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VerificationKeys.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpSettings HTTP = new HttpSettings(PATIENCE, PATIENCE, PATIENCE, 1024 * 1024);
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/jwk-set+json, application/json");

    private final Optional<URI> address;
    private final Semaphore wanted = new Semaphore(0);
    private final Optional<Thread> asking;
    private volatile JWKSet keys;
    private volatile boolean failing;

    private VerificationKeys(Optional<URI> address, JWKSet keys) {
        this.address = address;
        this.keys = keys;
        address.ifPresent(this::ask);
        asking = address.map(
                from -> Thread.ofVirtual().name("tactus-gateway-jwks").start(() -> keepAsking(from)));
    }

    /// @throws IllegalArgumentException if the file holds no keys
    static VerificationKeys of(Path file) {
        try {
            JWKSet keys = JWKSet.load(file.toFile());
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(file + " contains no keys");
            }
            return new VerificationKeys(Optional.empty(), keys);
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException(
                    file + " is not a JWK set ({\"keys\": […]}, RFC 7517): " + e.getMessage(), e);
        }
    }

    static VerificationKeys at(URI address) {
        return new VerificationKeys(Optional.of(address), new JWKSet());
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        List<JWK> found = selector.select(keys);
        if (found.isEmpty() && address.isPresent() && wanted.availablePermits() == 0) {
            wanted.release();
        }
        return found;
    }

    private void keepAsking(URI from) {
        try {
            while (true) {
                Thread.sleep(AT_MOST_EVERY);
                Duration wait = failing ? AT_MOST_EVERY : EVERY;
                wanted.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                wanted.drainPermits();
                ask(from);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void ask(URI from) {
        try (HttpTransport transport = new HttpTransport("gateway-jwks", HTTP, 1)) {
            JWKSet found = JWKSet.parse(body(transport.get(from, HEADERS)));
            if (found.isEmpty()) {
                throw new IOException("contains no keys");
            }
            keys = found;
            if (failing) {
                log.info("jwks_uri {}: {} keys", from, found.size());
            }
            failing = false;
        } catch (IOException | ParseException e) {
            if (!failing) {
                log.warn(
                        "jwks_uri {} cannot be used ({}); {}",
                        from,
                        String.valueOf(e.getMessage()),
                        keys.isEmpty() ? "no token can be verified until it can" : "the last known keys stay in force");
            }
            failing = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String body(HttpOutcome outcome) throws IOException {
        return switch (outcome) {
            case HttpOutcome.Response response
            when response.tooLarge() ->
                throw new IOException("the answer is larger than " + HTTP.maxBodyBytes() + " bytes");
            case HttpOutcome.Response response
            when response.status() != 200 -> throw new IOException("answered " + response.status());
            case HttpOutcome.Response response -> new String(response.body(), StandardCharsets.UTF_8);
            case HttpOutcome.Truncated truncated -> throw new IOException(truncated.detail());
            case HttpOutcome.NoResponse none -> throw new IOException(none.detail(), none.cause());
        };
    }

    @Override
    public void close() {
        asking.ifPresent(Thread::interrupt);
    }
}
