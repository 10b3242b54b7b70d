package dev.tactus.gateway.upstream;

import dev.tactus.gateway.network.HealthSettings;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One address of an upstream, and whether requests should go there.
///
/// It is out while a check has failed so many times in a row as is configured, until one succeeds; and for a while
/// after
/// so many requests in a row have failed, after which one more failure is enough. Thread-safe; what several threads see
/// at once may be counted once.
public final class UpstreamAddress {
    private static final Logger log = LoggerFactory.getLogger(UpstreamAddress.class);

    private final InetSocketAddress socket;
    private final Optional<HealthSettings> health;
    private volatile int failedRequests;
    private volatile long outUntil;
    private volatile boolean ejected;
    private volatile int failedChecks;
    private volatile boolean checkedOut;

    UpstreamAddress(InetSocketAddress socket, Optional<HealthSettings> health) {
        this.socket = socket;
        this.health = health;
    }

    /// Where it is.
    public InetSocketAddress socket() {
        return socket;
    }

    /// Whether nothing is known against it, which takes no clock.
    boolean isWell() {
        return !checkedOut && !ejected;
    }

    /// Whether requests should go there.
    ///
    /// @param now nanoseconds of the worker's clock
    public boolean isHealthy(long now) {
        if (checkedOut) {
            return false;
        }
        return !ejected || now - outUntil >= 0;
    }

    /// An answer has begun, whichever: whoever answers is alive, and whether it is well is for its check to say.
    void answered() {
        if (failedRequests > 0 || ejected) {
            failedRequests = 0;
            if (ejected) {
                ejected = false;
                log.info("the upstream's address {} answers again", name());
            }
        }
    }

    /// A request has got no answer.
    void failed(String why, long now) {
        health.ifPresent(settings -> {
            int failures = failedRequests + 1;
            failedRequests = failures;
            if (failures >= settings.fails() && isHealthy(now)) {
                outUntil = now + settings.eject().toNanos();
                if (!ejected) {
                    ejected = true;
                    log.warn(
                            "the upstream's address {} gets no requests for {} s: {} in a row have failed, the last with {}",
                            name(),
                            settings.eject().toSeconds(),
                            failures,
                            why);
                }
            }
        });
    }

    /// A check has come to its end.
    ///
    /// @param failure why it failed, if it did
    void checked(Optional<String> failure) {
        if (failure.isEmpty()) {
            failedChecks = 0;
            if (checkedOut) {
                checkedOut = false;
                log.info("the upstream's address {} is healthy again", name());
            }
            return;
        }
        int failures = failedChecks + 1;
        failedChecks = failures;
        if (failures >= health.orElse(HealthSettings.DEFAULTS).fails() && !checkedOut) {
            checkedOut = true;
            log.warn(
                    "the upstream's address {} gets no requests: {} checks in a row have failed, the last with {}",
                    name(),
                    failures,
                    failure.get());
        }
    }

    /// As figures name it: `10.0.0.7:9000`.
    public String name() {
        String host = socket.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + socket.getPort();
    }

    @Override
    public String toString() {
        return name();
    }
}
