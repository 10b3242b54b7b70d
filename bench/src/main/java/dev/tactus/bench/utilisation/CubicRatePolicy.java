package dev.tactus.bench.utilisation;

/// The adaptive retry mode of the AWS SDKs: a token bucket whose rate follows the cubic curve of TCP CUBIC, and
/// exponential backoff. Seconds, as in the SDKs' published algorithm.
final class CubicRatePolicy implements CallPolicy {
    private static final double LEAST_RATE = 0.5;
    private static final double SMOOTH = 0.8;
    private static final double BETA = 0.7;
    private static final double SCALE = 0.4;

    private final VirtualTime world;
    private boolean enabled;
    private double fillRate;
    private double capacity;
    private double tokens;
    private double filledAt;
    private double lastMaxRate;
    private double lastThrottle;
    private double timeWindow;
    private double measured;
    private double bucketStart;
    private int requests;

    CubicRatePolicy(VirtualTime world) {
        this.world = world;
    }

    private double seconds() {
        return world.nanos() / 1e9;
    }

    @Override
    public void ask(int attempt, Runnable go) {
        world.after(attempt == 0 ? 0 : BackoffPolicy.delay(world, attempt), () -> take(go));
    }

    private void take(Runnable go) {
        if (!enabled) {
            go.run();
            return;
        }
        refill();
        // A caller takes its token at once and sleeps off the debt.
        tokens--;
        world.after(tokens >= 0 ? 0 : (long) (-tokens / fillRate * 1e9), go);
    }

    private void refill() {
        double now = seconds();
        tokens = Math.min(capacity, tokens + (now - filledAt) * fillRate);
        filledAt = now;
    }

    @Override
    public Answer sent() {
        return (accepted, sentAt) -> update(!accepted);
    }

    private void update(boolean throttled) {
        measure();
        double now = seconds();
        double rate;
        if (throttled) {
            lastMaxRate = enabled ? Math.min(measured, fillRate) : measured;
            timeWindow = Math.cbrt(lastMaxRate * (1 - BETA) / SCALE);
            lastThrottle = now;
            rate = lastMaxRate * BETA;
            enabled = true;
        } else {
            timeWindow = Math.cbrt(lastMaxRate * (1 - BETA) / SCALE);
            rate = SCALE * Math.pow(now - lastThrottle - timeWindow, 3) + lastMaxRate;
        }
        refill();
        fillRate = Math.max(LEAST_RATE, Math.min(rate, 2 * measured));
        capacity = Math.max(1, fillRate);
        tokens = Math.min(tokens, capacity);
    }

    private void measure() {
        double bucket = Math.floor(seconds() * 2) / 2;
        requests++;
        if (bucket > bucketStart) {
            measured = requests / (bucket - bucketStart) * SMOOTH + measured * (1 - SMOOTH);
            requests = 0;
            bucketStart = bucket;
        }
    }
}
