package dev.tactus.gateway.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// What became of all requests, counted in memory while they pass, and taken away by whoever keeps it.
///
/// The data path asks for a [UsageMeter] where it makes an application's plan (at start, at a reload, at a stranger's
/// first request), keeps it with the plan, and counts through it without a lock. An application that is idle costs
/// nothing; a meter that was replaced may go on counting, and nothing it has counted is lost. Thread-safe.
public final class UsageMeterRegistry {
    /// The name under which requests are counted that no configured application sent, so that strangers, however
    /// many, are one application to whoever reads the figures.
    public static final String STRANGERS = "(unknown)";

    /// The name under which the gateway's own requests on behalf of subscribers are counted.
    public static final String EVENTS = "(events)";

    static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /// A request may still be counting when its minute ends.
    private static final long LATE_MINUTES = 2;

    private final Queue<MinuteCounter> open = new ConcurrentLinkedQueue<>();

    /// A new meter for an application under these limits.
    ///
    /// @param application its id, or [#STRANGERS]
    /// @param limits in the order in which they are named by their index; names are unique
    public UsageMeter meter(String application, List<MeteredLimit> limits) {
        return new UsageMeter(application, limits, open::add);
    }

    /// What has been counted since the last call. For one thread at a time.
    ///
    /// @param now nanoseconds since the epoch
    public List<MinuteUsage> take(long now) {
        List<MinuteUsage> counted = new ArrayList<>();
        open.removeIf(minute -> {
            minute.take().ifPresent(counted::add);
            return minute.minute() + LATE_MINUTES < Math.floorDiv(now, MINUTE_NANOS);
        });
        return counted;
    }
}
