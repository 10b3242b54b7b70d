package dev.tactus.simulator.quota;

import dev.tactus.simulator.quota.Window.WindowStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides about every request under all limits at once, exactly: either every limit that covers it counts it, or none
/// admits it (a limit that counts refused requests counts those too). Thread-safe: one lock, inside which the time is
/// read.
public final class LimitEnforcer {
    private final List<LimitRule> rules;
    private final SimulatorClock clock;
    // guarded by this
    private final Map<Key, Meter> meters = new LinkedHashMap<>();
    private final Map<String, Long> held = new HashMap<>();

    public LimitEnforcer(List<LimitRule> rules, SimulatorClock clock) {
        this.rules = List.copyOf(rules);
        this.clock = clock;
    }

    /// Whether a request passes, and the headers its answer carries.
    public record Admission(boolean admitted, Map<String, String> headers) {
        static final Admission PASSED = new Admission(true, Map.of());
    }

    private record Key(int rule, String client) {}

    private record LimitCheck(Meter meter, int permits, WindowStatus before, boolean refuses) {
        boolean isLongerThan(Optional<LimitCheck> other) {
            return other.isEmpty() || before.resetNanos() > other.get().before().resetNanos();
        }
    }

    private static final class Meter {
        final LimitRule rule;
        final Window window;
        final LimitUsageMeter usage;
        long heldUntil = Long.MIN_VALUE;

        Meter(LimitRule rule) {
            this.rule = rule;
            this.window = rule.kind().open(rule.limit().window().toNanos());
            this.usage = new LimitUsageMeter(rule.limit().window().toNanos());
        }

        WindowStatus look(long now, int permits) {
            return heldUntil > now ? new WindowStatus(0, heldUntil - now) : window.look(now, permits);
        }
    }

    public synchronized Admission arrive(ClientIdentity client, String path) {
        if (rules.isEmpty() && held.isEmpty()) {
            return Admission.PASSED;
        }
        long now = clock.nanos();
        List<LimitCheck> checks = new ArrayList<>(rules.size());
        Optional<LimitCheck> refusing = Optional.empty();
        for (int i = 0; i < rules.size(); i++) {
            LimitRule rule = rules.get(i);
            if (!rule.covers(path)) {
                continue;
            }
            Meter meter =
                    meters.computeIfAbsent(new Key(i, client.key(rule.per())), key -> new Meter(rules.get(key.rule())));
            int permits = rule.permitsAt(clock.elapsed(now));
            WindowStatus before = meter.look(now, permits);
            LimitCheck check = new LimitCheck(meter, permits, before, rule.enforced() && !before.isOpen());
            checks.add(check);
            if (check.refuses() && check.isLongerThan(refusing)) {
                refusing = Optional.of(check);
            }
        }
        Optional<Map<String, String>> hold = hold(client, now);
        boolean admitted = refusing.isEmpty() && hold.isEmpty();
        checks.forEach(check -> charge(check, now, admitted));
        return new Admission(admitted, hold.orElse(headers(checks, refusing, now)));
    }

    /// Refuses everything of a client from now on.
    public synchronized void hold(ClientIdentity client, Duration duration) {
        held.put(client.client(), clock.nanos() + duration.toNanos());
    }

    private Optional<Map<String, String>> hold(ClientIdentity client, long now) {
        long until = held.getOrDefault(client.client(), Long.MIN_VALUE);
        if (until <= now) {
            return Optional.empty();
        }
        return Optional.of(HeaderDialect.RETRY_AFTER.headers(new HeaderDialect.LimitStatus(0, 0, 0, until - now), now));
    }

    private static void charge(LimitCheck check, long now, boolean admitted) {
        Meter meter = check.meter();
        meter.usage.arrived(now, check.permits(), admitted);
        if (admitted) {
            meter.window.admitted(now);
            return;
        }
        meter.window.refused(now);
        long hold = meter.rule.refusal().hold().toNanos();
        if (check.refuses() && hold > 0 && meter.heldUntil <= now) {
            meter.heldUntil = now + hold;
        }
    }

    /// Those of the refusal with the longest wait; for an admitted request those of the fullest limit that tells.
    private static Map<String, String> headers(List<LimitCheck> checks, Optional<LimitCheck> refusing, long now) {
        Optional<LimitCheck> reported = refusing;
        if (refusing.isEmpty()) {
            for (LimitCheck check : checks) {
                if (check.meter().rule.refusal().dialect().tellsAlways()
                        && (reported.isEmpty()
                                || check.before().remaining()
                                        < reported.get().before().remaining())) {
                    reported = Optional.of(check);
                }
            }
        }
        return reported.map(check -> headers(check, now)).orElse(Map.of());
    }

    private static Map<String, String> headers(LimitCheck check, long now) {
        LimitRule rule = check.meter().rule;
        WindowStatus after = check.meter().look(now, check.permits());
        HeaderDialect.LimitStatus status = new HeaderDialect.LimitStatus(
                check.permits(), Math.max(1, rule.limit().window().toSeconds()), after.remaining(), after.resetNanos());
        return rule.refusal().dialect().headers(status, now);
    }

    public synchronized List<LimitUsage> report() {
        List<LimitUsage> uses = new ArrayList<>(meters.size());
        meters.forEach((key, meter) -> uses.add(meter.usage.report(meter.rule, key.client())));
        return uses;
    }
}
