package dev.tactus.limits.leases;

import dev.tactus.limits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongFunction;

/// Fixed windows whose seams are known: months, days or parts of a day by the clocks of a zone.
///
/// What ended in this window counts, what is under way counts, and so does what ended just before the window began: the
/// server's clock is not ours. For the same reason a window is taken to have begun that much later. Nanoseconds. Not
/// thread-safe.
public final class CalendarRule extends QuotaRule {
    private static final long MARGIN_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MARGINS = 20;
    private static final int GRAINS = 1 << 15;

    private final LongFunction<Instant> calendar;
    private final WindowSeams seams;
    private final long window;
    private final long margin;
    private final AmountLog log;

    /// @param calendar the moment on the calendar, of nanoseconds
    public CalendarRule(Limit limit, ZoneId zone, long cost, LongFunction<Instant> calendar) {
        super(limit.permits(), cost);
        this.calendar = calendar;
        seams = new WindowSeams(zone, limit.window());
        window = limit.window().toNanos();
        margin = Math.min(MARGIN_NANOS, window / MARGINS);
        log = new AmountLog(window / GRAINS);
    }

    @Override
    public long horizonNanos() {
        return window + Duration.ofHours(2).toNanos();
    }

    @Override
    long whenAtMost(long room, long now) {
        WindowSeams.Window here = windowAt(now);
        log.dropUntil(nanos(here.begins(), now) - margin);
        return log.total() <= room ? now : nanos(here.ends(), now) + margin;
    }

    @Override
    void charge(long at, long amount) {
        log.add(at, amount);
    }

    @Override
    double used(long now) {
        log.dropUntil(nanos(windowAt(now).begins(), now) - margin);
        return log.total();
    }

    private WindowSeams.Window windowAt(long now) {
        return seams.around(calendar.apply(now).minusNanos(margin));
    }

    private long nanos(Instant moment, long now) {
        return now + Duration.between(calendar.apply(now), moment).toNanos();
    }
}
