package dev.tactus.gateway.upstream;

import dev.tactus.gateway.network.CidrBlock;
import dev.tactus.gateway.network.Upstream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the upstream is now: its names are looked up at the start and again from time to time by a thread of its own,
/// so that no event loop ever waits for a name server; what was known stays when a look-up fails. What is known of an
/// address stays as long as the upstream has it. Thread-safe.
public final class UpstreamResolver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UpstreamResolver.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Upstream upstream;
    private final List<InetSocketAddress> places;
    private final AtomicInteger turn = new AtomicInteger();
    private final Optional<Thread> thread;
    private volatile List<UpstreamAddress> addresses = List.of();

    public UpstreamResolver(Upstream upstream) {
        this.upstream = upstream;
        places = upstream.addresses().isEmpty()
                ? List.of(InetSocketAddress.createUnresolved(upstream.host(), upstream.port()))
                : upstream.addresses();
        look();
        boolean literal = places.stream()
                .allMatch(place -> CidrBlock.literal(place.getHostString()).isPresent());
        thread = literal
                ? Optional.empty()
                : Optional.of(Thread.ofVirtual().name("tactus-upstream-name").start(this::keepLooking));
    }

    /// One of its healthy addresses, each in turn.
    ///
    /// @param now nanoseconds of the worker's clock
    /// @throws UnknownHostException while its name is not known
    /// @throws NoHealthyAddressException while all are out
    UpstreamAddress next(long now) throws UnknownHostException, NoHealthyAddressException {
        List<UpstreamAddress> known = addresses;
        if (known.isEmpty()) {
            throw new UnknownHostException(upstream.host());
        }
        for (int tries = 0; tries < known.size(); tries++) {
            UpstreamAddress address = known.get(Math.floorMod(turn.getAndIncrement(), known.size()));
            if (address.isHealthy(now)) {
                return address;
            }
        }
        throw new NoHealthyAddressException(upstream.host());
    }

    /// All that are known now.
    public List<UpstreamAddress> addresses() {
        return addresses;
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
        List<UpstreamAddress> before = addresses;
        List<UpstreamAddress> found = new ArrayList<>();
        for (InetSocketAddress place : places) {
            String host = place.getHostString();
            try {
                for (InetAddress address : InetAddress.getAllByName(host)) {
                    InetSocketAddress socket = new InetSocketAddress(address, place.getPort());
                    found.add(before.stream()
                            .filter(known -> known.socket().equals(socket))
                            .findFirst()
                            .orElseGet(() -> new UpstreamAddress(socket, upstream.health())));
                }
            } catch (UnknownHostException e) {
                before.stream()
                        .filter(known -> known.socket().getHostString().equals(host))
                        .forEach(found::add);
                log.warn(
                        "cannot resolve the upstream's host {}; {}",
                        host,
                        before.isEmpty() ? "no address is known" : "using its last known addresses");
            }
        }
        if (!found.isEmpty()) {
            addresses = List.copyOf(found);
        }
    }

    @Override
    public void close() {
        thread.ifPresent(Thread::interrupt);
    }
}
