package dev.tactus.gateway.usage;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Counts the requests of one application under one plan. Thread-safe; never blocks.
public final class UsageMeter {
    private final String application;
    private final List<MeteredLimit> limits;
    private final Consumer<MinuteCounter> opened;
    private final AtomicReference<MinuteCounter> current;

    UsageMeter(String application, List<MeteredLimit> limits, Consumer<MinuteCounter> opened) {
        this.application = application;
        this.limits = List.copyOf(limits);
        this.opened = opened;
        current = new AtomicReference<>(new MinuteCounter(application, Long.MIN_VALUE, this.limits));
    }

    /// The counts of the minute that `now` lies in; to be asked anew for each request.
    ///
    /// @param now nanoseconds since the epoch
    public MinuteCounter at(long now) {
        long minute = Math.floorDiv(now, UsageMeterRegistry.MINUTE_NANOS);
        MinuteCounter counts = current.get();
        return counts.minute() == minute ? counts : turn(counts, minute);
    }

    private MinuteCounter turn(MinuteCounter last, long minute) {
        MinuteCounter next = new MinuteCounter(application, minute, limits);
        MinuteCounter witness = current.compareAndExchange(last, next);
        if (witness == last) {
            opened.accept(next);
            return next;
        }
        // Another thread turned first. Where it turned to another minute, this one is counted beside it.
        if (witness.minute() == minute) {
            return witness;
        }
        opened.accept(next);
        return next;
    }
}
