package dev.tactus.limits;

import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.limits.metering.KeyedLimiter;
import dev.tactus.limits.metering.LimitKind;
import dev.tactus.limits.metering.NamedLimit;
import dev.tactus.limits.metering.QuotaDecision;
import dev.tactus.limits.metering.QuotaPlan;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallRequest;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.Permit;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// The examples of the room's README, word for word, so that they compile.
final class ReadmeExamples {
    private final InstantSource clock = InstantSource.system();

    record Response(int status, Map<String, List<String>> headers) {}

    private final Deque<Response> answers = new ArrayDeque<>();

    ReadmeExamples(Response... answers) {
        this.answers.addAll(List.of(answers));
    }

    private Response get(String path) throws IOException {
        if (answers.isEmpty()) {
            throw new IOException("nothing answers " + path);
        }
        return answers.removeFirst();
    }

    Response client(Pacer pacer) throws Exception {
        // client
        FeedbackParser parser = new FeedbackParser();
        return pacer.call(
                "/v1/search",
                () -> get("/v1/search?q=isrc:QZK6P2040101"),
                answer -> parser.parse(answer.status(), answer.headers(), clock.instant()));
        // end
    }

    Pacer pacer() {
        // pacer
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse("150/60s"))), // or List.of(): it is learned
                List.of("/v1/search"), // counted separately, and learned
                Duration.ofMinutes(1), // a longer pause is told, not slept through
                Duration.ofSeconds(2)); // how much longer than its timeout a lost call counts
        return new Pacer(settings, Ticker.system(), clock);
        // end
    }

    Response byHand(Pacer pacer) throws Exception {
        FeedbackParser parser = new FeedbackParser();
        // permit
        switch (pacer.acquire("/v1/search")) {
            case Admission.Granted(Permit permit) -> {
                try (permit) { // closed without a word, the call counts as lost
                    Response answer = get("/v1/search?q=isrc:QZK6P2040101");
                    permit.answered(parser.parse(answer.status(), answer.headers(), clock.instant()));
                    return answer;
                }
            }
            case Admission.Paused paused -> throw new IllegalStateException("limited until " + paused.until());
        }
        // end
    }

    Response request(Pacer pacer) throws Exception {
        // request
        CallRequest request = CallRequest.to("/v1/search?q=isrc:QZK6P2040101")
                .by("nightly sync")
                .within(Duration.ofSeconds(30)) // then TimeoutException, and nothing was sent
                .withPriority(1); // before all of priority 0
        return pacer.call(request, () -> get(request.path()), answer -> Feedback.accepted());
        // end
    }

    int server(String application) {
        // server
        QuotaPlan plan = QuotaPlan.of(
                NamedLimit.of("quota", new LimitKind.SlidingLog(Limit.parse("1000/60s"))),
                NamedLimit.of("spike", LimitKind.spikeArrest(100)));
        KeyedLimiter<String> limiter = new KeyedLimiter<>(Ticker.sinceEpoch(clock));
        return switch (limiter.decide(application, plan.charge())) {
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
