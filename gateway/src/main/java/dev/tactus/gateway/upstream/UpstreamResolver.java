package dev.tactus.gateway.upstream;

import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.network.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the upstream is now: its name is looked up at the start and again from time to time by a thread of its own,
/// so that no event loop ever waits for a name server; what was known stays when a look-up fails. Thread-safe.
public final class UpstreamResolver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UpstreamResolver.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final String host;
    private final int port;
    private final AtomicInteger turn = new AtomicInteger();
    private final Optional<Thread> thread;
    private volatile List<InetSocketAddress> addresses;

    public UpstreamResolver(Upstream upstream) {
        host = upstream.host();
        port = upstream.port();
        Optional<InetAddress> literal = CidrBlock.literal(host);
        addresses = literal.map(address -> List.of(new InetSocketAddress(address, port)))
                .orElseGet(List::of);
        if (literal.isPresent()) {
            thread = Optional.empty();
        } else {
            look();
            thread = Optional.of(Thread.ofVirtual().name("tactus-upstream-name").start(this::keepLooking));
        }
    }

    /// One of its addresses, each in turn; none while its name is not known.
    Optional<InetSocketAddress> next() {
        List<InetSocketAddress> known = addresses;
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(known.get(Math.floorMod(turn.getAndIncrement(), known.size())));
    }

    private void keepLooking() {
        try {
            while (true) {
                Thread.sleep(AGAIN);
                look();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void look() {
        try {
            addresses = Arrays.stream(InetAddress.getAllByName(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException e) {
            log.warn(
                    "cannot resolve the upstream's host {}; {}",
                    host,
                    addresses.isEmpty() ? "no address is known" : "using its last known addresses");
        }
    }

    @Override
    public void close() {
        thread.ifPresent(Thread::interrupt);
    }
}
