package dev.tactus.gateway;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Counts the requests of one application under one plan. Thread-safe; never blocks.
public final class Meter {
    private final String application;
    private final List<MeteredLimit> limits;
    private final Consumer<MinuteCounts> opened;
    private final AtomicReference<MinuteCounts> current;

    Meter(String application, List<MeteredLimit> limits, Consumer<MinuteCounts> opened) {
        this.application = application;
        this.limits = List.copyOf(limits);
        this.opened = opened;
        current = new AtomicReference<>(new MinuteCounts(application, Long.MIN_VALUE, this.limits));
    }

    /// The counts of the minute that `now` lies in; to be asked anew for each request.
    ///
    /// @param now nanoseconds since the epoch
    public MinuteCounts at(long now) {
        long minute = Math.floorDiv(now, Usage.MINUTE_NANOS);
        MinuteCounts counts = current.get();
        return counts.minute() == minute ? counts : turn(counts, minute);
    }

    private MinuteCounts turn(MinuteCounts last, long minute) {
        MinuteCounts next = new MinuteCounts(application, minute, limits);
        MinuteCounts witness = current.compareAndExchange(last, next);
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
