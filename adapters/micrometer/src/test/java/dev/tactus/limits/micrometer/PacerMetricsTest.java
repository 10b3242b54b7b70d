package dev.tactus.limits.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallRequest;
import dev.tactus.limits.pacing.Pacer;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A real registry beside a real pacer.
class PacerMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static Pacer pacer() {
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse("1/1h"))),
                List.of("/v1/search"),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
        return new Pacer(settings, Ticker.system(), InstantSource.system());
    }

    private Tags scope(String name, String... more) {
        return Tags.of("api", "spotify", "scope", name).and(more);
    }

    @Test
    void callsWaitsAndLimitsAreMeters() throws Exception {
        try (Pacer pacer = pacer()) {
            new PacerMetrics(pacer, Tags.of("api", "spotify")).bindTo(registry);
            pacer.call("/v1/tracks", () -> "fine");
            pacer.acquire(CallRequest.to("/v1/tracks").within(Duration.ZERO));
            pacer.change(List.of(new ScopedLimit("token", Limit.parse("3/1h"))));

            assertThat(registry.get("tactus.pacer.wait")
                            .tags(scope("token", "outcome", "granted"))
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("tactus.pacer.wait")
                            .tags(scope("token", "outcome", "late"))
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("tactus.pacer.calls")
                            .tags(scope("token", "outcome", "accepted"))
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("tactus.pacer.ceiling.changes")
                            .tags(scope("token"))
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(gauge("tactus.pacer.used", "token")).isEqualTo(1);
            assertThat(gauge("tactus.pacer.permits", "token")).isEqualTo(3);
            assertThat(gauge("tactus.pacer.window", "token")).isEqualTo(3600);
            assertThat(gauge("tactus.pacer.permits", "/v1/search")).isNaN();
            assertThat(registry.get("tactus.pacer.waiting").gauge().value()).isZero();
        }
    }

    @Test
    void refusalsAndPausesAreCounted() throws Exception {
        try (Pacer pacer = pacer()) {
            new PacerMetrics(pacer, Tags.of("api", "spotify")).bindTo(registry);
            if (pacer.acquire("/v1/tracks") instanceof Admission.Granted(var permit)) {
                permit.answered(Feedback.throttled(Optional.of(Duration.ofDays(1))));
            }
            pacer.acquire("/v1/tracks");
            assertThat(registry.get("tactus.pacer.calls")
                            .tags(scope("token", "outcome", "refused"))
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("tactus.pacer.paused")
                            .tags(scope("token"))
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    private double gauge(String name, String scope) {
        return registry.get(name).tags(scope(scope)).gauge().value();
    }
}
