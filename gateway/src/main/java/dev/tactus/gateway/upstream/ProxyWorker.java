package dev.tactus.gateway.upstream;

import dev.tactus.gateway.http.SocketTransport;
import dev.tactus.gateway.network.Timeouts;
import dev.tactus.limits.Ticker;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// One event loop and what belongs to it: its connections to the upstream, and everything that can time out.
///
/// Deadlines are fields that a regular sweep compares with the time: setting one costs nothing, where a timer for each
/// request would cost a few percent of it. They are kept to about a tenth. Used on its event loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class ProxyWorker {
    private static final long SHORTEST_SWEEP_MILLIS = 5;
    private static final long LONGEST_SWEEP_MILLIS = 1000;

    /// Something that may have waited too long.
    public interface TimeLimited {
        /// Gives up what has waited too long.
        ///
        /// @param now of the worker's ticker
        void sweep(long now);

        /// Ends as soon as what is under way is done.
        default void drain() {}
    }

    private final EventLoop executor;
    private final Ticker ticker;
    private final UpstreamPool pool;
    private final Set<TimeLimited> timed = new HashSet<>();
    private int clients;

    public ProxyWorker(EventLoop executor, Ticker ticker, SocketTransport transport) {
        this.executor = executor;
        this.ticker = ticker;
        this.pool = new UpstreamPool(this, transport);
    }

    public EventLoop executor() {
        return executor;
    }

    public UpstreamPool pool() {
        return pool;
    }

    /// Nanoseconds of a monotonic clock.
    public long now() {
        return ticker.nanos();
    }

    public void watch(TimeLimited something) {
        timed.add(something);
    }

    public void forget(TimeLimited something) {
        timed.remove(something);
    }

    /// How many connections and streams of clients are open.
    public int clients() {
        return clients;
    }

    public void clientCame() {
        clients++;
    }

    public void clientLeft() {
        clients--;
    }

    /// Sweeps from now on, as often as the shortest timeout asks for.
    public void start(Timeouts timeouts) {
        long shortest = timeouts.all().stream()
                .mapToLong(duration -> duration.toMillis())
                .min()
                .orElse(LONGEST_SWEEP_MILLIS);
        long every = Math.clamp(shortest / 10, SHORTEST_SWEEP_MILLIS, LONGEST_SWEEP_MILLIS);
        executor.scheduleWithFixedDelay(this::sweep, every, every, TimeUnit.MILLISECONDS);
    }

    public void drain() {
        for (TimeLimited each : timed.toArray(TimeLimited[]::new)) {
            each.drain();
        }
    }

    void sweep() {
        long now = now();
        for (TimeLimited each : timed.toArray(TimeLimited[]::new)) {
            each.sweep(now);
        }
    }
}
