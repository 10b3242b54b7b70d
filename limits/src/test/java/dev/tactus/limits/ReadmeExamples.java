package dev.tactus.limits;

import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.LimitKind;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.QuotaPlan;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.Permit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The examples of the room's README, word for word, so that they compile.
final class ReadmeExamples {
    private final InstantSource clock = InstantSource.system();

    record Response(int status, Optional<String> retryAfter) {}

    private Response call() {
        return new Response(200, Optional.empty());
    }

    Response client() throws InterruptedException {
        // client
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse("150/60s"))), // or List.of(): it is learned
                List.of("/v1/search"), // counted separately, and learned
                Duration.ofMinutes(1), // a longer pause is told, not slept through
                Duration.ofSeconds(2)); // how much longer than its timeout a lost call counts
        try (Pacer pacer = new Pacer(settings, Ticker.system(), clock)) {
            switch (pacer.acquire("/v1/search")) {
                case Admission.Granted(Permit permit) -> {
                    Response response = call();
                    permit.answered(new FeedbackParser()
                            .parse(
                                    response.status(),
                                    name -> response.retryAfter().orElse(null),
                                    clock.instant()));
                    return response;
                }
                case Admission.Paused paused -> throw new IllegalStateException("limited until " + paused.until());
            }
        }
        // end
    }

    int server(String application) {
        // server
        QuotaPlan plan = QuotaPlan.of(
                NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("1000/60s"))),
                NamedLimit.of("spike", LimitKind.spikeArrest(100)));
        KeyedLimiter<String> limiter = new KeyedLimiter<>();
        Ticker ticker = Ticker.sinceEpoch(clock);
        return switch (limiter.decide(application, plan.charge(), ticker.nanos())) {
            case QuotaDecision.Admitted _ -> 200;
            case QuotaDecision.Refused refused -> {
                System.Logger log = System.getLogger("quota");
                log.log(System.Logger.Level.INFO, refused.deciding().limit().name());
                yield 429;
            }
        };
        // end
    }
}
