package dev.tactus.simulator.quota;

/// What one limit saw of one client: the fullest window, and how much of the quota was used while the client wanted it.
///
/// The client counts as wanting it from a request on until nothing came for 1.25 windows. The first window of such a
/// stretch fills up and is left out of the share; the capacity of the rest is the ceiling integrated over time. Not
/// thread-safe.
final class LimitUsageMeter {
    private final long windowNanos;
    private final LongRingBuffer arrivals = new LongRingBuffer();
    private final LongRingBuffer admissions = new LongRingBuffer();
    private long requests;
    private long throttled;
    private int worst;
    private int worstAdmitted;
    private long stretchStart = Long.MIN_VALUE;
    private long last = Long.MIN_VALUE;
    private double capacity;
    private long used;
    private long saturatedNanos;

    LimitUsageMeter(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    void arrived(long now, int permits, boolean admitted) {
        requests++;
        arrivals.dropUpTo(now - windowNanos);
        arrivals.add(now);
        worst = Math.max(worst, arrivals.size());
        admissions.dropUpTo(now - windowNanos);
        if (admitted) {
            admissions.add(now);
            worstAdmitted = Math.max(worstAdmitted, admissions.size());
        } else {
            throttled++;
        }
        measure(now, permits, admitted);
    }

    private void measure(long now, int permits, boolean admitted) {
        if (last == Long.MIN_VALUE || now - last > windowNanos + windowNanos / 4) {
            stretchStart = now;
        }
        long from = Math.max(last, stretchStart + windowNanos);
        if (now > from) {
            capacity += (double) permits * (now - from) / windowNanos;
            saturatedNanos += now - from;
        }
        if (admitted && now > stretchStart + windowNanos) {
            used++;
        }
        last = now;
    }

    LimitUsage report(LimitRule rule, String key) {
        return new LimitUsage(
                rule.scope(),
                rule.limit(),
                rule.kind(),
                key,
                requests,
                throttled,
                worst,
                worstAdmitted,
                saturatedNanos / 1e9,
                capacity < 1 ? 0 : used / capacity);
    }
}
