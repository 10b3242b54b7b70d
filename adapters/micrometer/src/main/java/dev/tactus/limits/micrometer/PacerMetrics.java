package dev.tactus.limits.micrometer;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.observation.CallOutcome;
import dev.tactus.limits.observation.PacerListener;
import dev.tactus.limits.pacing.Pacer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What a [Pacer] does, as meters of Micrometer. Thread-safe.
///
/// | meter | kind | tags | what it says |
/// | --- | --- | --- | --- |
/// | `tactus.pacer.wait` | timer | scope, outcome (granted, late) | how long calls stood in line |
/// | `tactus.pacer.calls` | timer | scope, outcome (accepted, refused, doubtful, silent, lost, unused) | from the grant
/// to the end |
/// | `tactus.pacer.paused` | counter | scope | calls turned away because a scope rests |
/// | `tactus.pacer.ceiling.changes` | counter | scope | how often another ceiling was found, stated or configured |
/// | `tactus.pacer.waiting` | gauge | | how many wait now |
/// | `tactus.pacer.used` | gauge | scope | calls that count in the limit's window |
/// | `tactus.pacer.permits` | gauge | scope | the limit's permits; NaN while nothing is known |
/// | `tactus.pacer.window` | gauge, seconds | scope | the limit's window; NaN while nothing is known |
public final class PacerMetrics implements MeterBinder {
    private final Pacer pacer;
    private final Tags tags;

    /// @param tags of every meter, such as the API's name
    public PacerMetrics(Pacer pacer, Iterable<Tag> tags) {
        this.pacer = pacer;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tactus.pacer.waiting", pacer, Pacer::waiting).tags(tags).register(registry);
        for (ScopeReport scope : pacer.report()) {
            String name = scope.scope();
            gauge(registry, "tactus.pacer.used", name, ScopeReport::used);
            gauge(registry, "tactus.pacer.permits", name, now -> limit(now, Limit::permits));
            gauge(registry, "tactus.pacer.window", name, now -> limit(now, limit -> seconds(limit.window())));
        }
        pacer.addListener(new Recorder(registry));
    }

    private void gauge(MeterRegistry registry, String meter, String scope, ToDoubleFunction<ScopeReport> value) {
        Gauge.builder(
                        meter,
                        pacer,
                        source -> source.report().stream()
                                .filter(report -> report.scope().equals(scope))
                                .mapToDouble(value)
                                .findFirst()
                                .orElse(Double.NaN))
                .tags(tags.and("scope", scope))
                .register(registry);
    }

    private static double limit(ScopeReport scope, ToDoubleFunction<Limit> value) {
        return scope.ceiling().isPresent() ? value.applyAsDouble(scope.ceiling().get()) : Double.NaN;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /// Counts into one registry.
    private final class Recorder implements PacerListener {
        private final MeterRegistry registry;

        Recorder(MeterRegistry registry) {
            this.registry = registry;
        }

        @Override
        public void granted(String scope, Duration waited) {
            registry.timer("tactus.pacer.wait", with(scope).and("outcome", "granted"))
                    .record(waited);
        }

        @Override
        public void late(String scope, Duration waited) {
            registry.timer("tactus.pacer.wait", with(scope).and("outcome", "late"))
                    .record(waited);
        }

        @Override
        public void paused(String scope, Instant until) {
            registry.counter("tactus.pacer.paused", with(scope)).increment();
        }

        @Override
        public void ended(String scope, CallOutcome outcome, Duration took) {
            String name = outcome.name().toLowerCase(Locale.ROOT);
            registry.timer("tactus.pacer.calls", with(scope).and("outcome", name))
                    .record(took);
        }

        @Override
        public void ceilingChanged(String scope, Optional<Limit> before, Optional<Limit> now) {
            registry.counter("tactus.pacer.ceiling.changes", with(scope)).increment();
        }

        private Tags with(String scope) {
            return tags.and("scope", scope);
        }
    }
}
