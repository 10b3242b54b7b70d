package dev.tactus.simulator;

import dev.tactus.simulator.Window.Standing;
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
final class Judge {
    private final List<LimitRule> rules;
    private final SimulatorClock clock;
    // guarded by this
    private final Map<Key, Meter> meters = new LinkedHashMap<>();
    private final Map<String, Long> held = new HashMap<>();

    Judge(List<LimitRule> rules, SimulatorClock clock) {
        this.rules = List.copyOf(rules);
        this.clock = clock;
    }

    /// Whether a request passes, and the headers its answer carries.
    record Verdict(boolean admitted, Map<String, String> headers) {
        static final Verdict PASSED = new Verdict(true, Map.of());
    }

    private record Key(int rule, String caller) {}

    private record Ruling(Meter meter, int permits, Standing before, boolean refuses) {
        boolean isLongerThan(Optional<Ruling> other) {
            return other.isEmpty() || before.resetNanos() > other.get().before().resetNanos();
        }
    }

    private static final class Meter {
        final LimitRule rule;
        final Window window;
        final Usage usage;
        long heldUntil = Long.MIN_VALUE;

        Meter(LimitRule rule) {
            this.rule = rule;
            this.window = rule.kind().open(rule.limit().window().toNanos());
            this.usage = new Usage(rule.limit().window().toNanos());
        }

        Standing look(long now, int permits) {
            return heldUntil > now ? new Standing(0, heldUntil - now) : window.look(now, permits);
        }
    }

    synchronized Verdict arrive(Caller caller, String path) {
        if (rules.isEmpty() && held.isEmpty()) {
            return Verdict.PASSED;
        }
        long now = clock.nanos();
        List<Ruling> rulings = new ArrayList<>(rules.size());
        Optional<Ruling> refusing = Optional.empty();
        for (int i = 0; i < rules.size(); i++) {
            LimitRule rule = rules.get(i);
            if (!rule.covers(path)) {
                continue;
            }
            Meter meter =
                    meters.computeIfAbsent(new Key(i, caller.key(rule.per())), key -> new Meter(rules.get(key.rule())));
            int permits = rule.permitsAt(clock.elapsed(now));
            Standing before = meter.look(now, permits);
            Ruling ruling = new Ruling(meter, permits, before, rule.enforced() && !before.isOpen());
            rulings.add(ruling);
            if (ruling.refuses() && ruling.isLongerThan(refusing)) {
                refusing = Optional.of(ruling);
            }
        }
        Optional<Map<String, String>> hold = hold(caller, now);
        boolean admitted = refusing.isEmpty() && hold.isEmpty();
        rulings.forEach(ruling -> charge(ruling, now, admitted));
        return new Verdict(admitted, hold.orElse(headers(rulings, refusing, now)));
    }

    /// Refuses everything of a client from now on.
    synchronized void hold(Caller caller, Duration duration) {
        held.put(caller.client(), clock.nanos() + duration.toNanos());
    }

    private Optional<Map<String, String>> hold(Caller caller, long now) {
        long until = held.getOrDefault(caller.client(), Long.MIN_VALUE);
        if (until <= now) {
            return Optional.empty();
        }
        return Optional.of(Dialect.RETRY_AFTER.headers(new Dialect.Told(0, 0, 0, until - now), now));
    }

    private static void charge(Ruling ruling, long now, boolean admitted) {
        Meter meter = ruling.meter();
        meter.usage.arrived(now, ruling.permits(), admitted);
        if (admitted) {
            meter.window.admitted(now);
            return;
        }
        meter.window.refused(now);
        long hold = meter.rule.refusal().hold().toNanos();
        if (ruling.refuses() && hold > 0 && meter.heldUntil <= now) {
            meter.heldUntil = now + hold;
        }
    }

    /// Those of the refusal with the longest wait; for an admitted request those of the fullest limit that tells.
    private static Map<String, String> headers(List<Ruling> rulings, Optional<Ruling> refusing, long now) {
        Optional<Ruling> telling = refusing;
        if (refusing.isEmpty()) {
            for (Ruling ruling : rulings) {
                if (ruling.meter().rule.refusal().dialect().tellsAlways()
                        && (telling.isEmpty()
                                || ruling.before().remaining()
                                        < telling.get().before().remaining())) {
                    telling = Optional.of(ruling);
                }
            }
        }
        return telling.map(ruling -> headers(ruling, now)).orElse(Map.of());
    }

    private static Map<String, String> headers(Ruling ruling, long now) {
        LimitRule rule = ruling.meter().rule;
        Standing after = ruling.meter().look(now, ruling.permits());
        Dialect.Told told = new Dialect.Told(
                ruling.permits(),
                Math.max(1, rule.limit().window().toSeconds()),
                after.remaining(),
                after.resetNanos());
        return rule.refusal().dialect().headers(told, now);
    }

    synchronized List<LimitUse> report() {
        List<LimitUse> uses = new ArrayList<>(meters.size());
        meters.forEach((key, meter) -> uses.add(meter.usage.report(meter.rule, key.caller())));
        return uses;
    }
}
