package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.PacerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// However a call ends, its permit is settled: under an unknown limit a single one that isn't stops the pacer.
@Timeout(60)
final class PermitSettlementTest {
    private final ManualTime time = new ManualTime();

    private Pacer unknown() {
        PacerSettings settings = new PacerSettings(List.of(), List.of(), Duration.ofMinutes(1), Duration.ofSeconds(2));
        return new Pacer(settings, time, time, time);
    }

    @Test
    void aCallThatThrowsCostsItsSlotAndNotThePacer() throws Exception {
        try (Pacer pacer = unknown()) {
            for (int call = 0; call < 5; call++) {
                assertThatThrownBy(() -> pacer.call("/a", () -> {
                            throw new IOException("reset");
                        }))
                        .isInstanceOf(IOException.class);
                time.advance(Duration.ofSeconds(3));
            }
            assertThat(pacer.<String>call("/a", () -> "answer")).isEqualTo("answer");
        }
    }

    @Test
    void aReaderOfAnswersThatThrowsDoesNotEither() throws Exception {
        try (Pacer pacer = unknown()) {
            assertThatThrownBy(() -> pacer.call("/a", () -> "answer", answer -> {
                        throw new IllegalArgumentException("unreadable");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            time.advance(Duration.ofSeconds(3));
            assertThat(pacer.<String>call("/a", () -> "answer", answer -> Feedback.accepted()))
                    .isEqualTo("answer");
        }
    }

    @Test
    void aPausedScopeIsToldToTheCaller() throws Exception {
        try (Pacer pacer = unknown()) {
            pacer.call("/a", () -> "no", answer -> Feedback.throttled(Optional.of(Duration.ofHours(1))));
            assertThatThrownBy(() -> pacer.call("/a", () -> "never"))
                    .isInstanceOfSatisfying(
                            CallPause.class,
                            paused -> assertThat(paused.until()).isEqualTo(ManualTime.START.plus(Duration.ofHours(1))));
        }
    }

    @Test
    void aCallThatAnswersLaterIsSettledThen() {
        try (Pacer pacer = unknown()) {
            CompletableFuture<String> first = new CompletableFuture<>();
            List<String> answers = new ArrayList<>();
            pacer.callAsync("/a", () -> first, answer -> Feedback.accepted()).thenAccept(answers::add);
            pacer.callAsync("/a", () -> CompletableFuture.completedFuture("second"), answer -> Feedback.accepted())
                    .thenAccept(answers::add);
            assertThat(answers).isEmpty();
            first.complete("first");
            assertThat(answers).containsExactlyInAnyOrder("first", "second");
        }
    }

    @Test
    void aCallThatFailsLaterOrAtOnceIsLost() {
        try (Pacer pacer = unknown()) {
            List<String> failures = new ArrayList<>();
            pacer.<String>callAsync("/a", () -> CompletableFuture.failedFuture(new IOException("reset")), answer -> {
                        throw new AssertionError("there is none");
                    })
                    .exceptionally(failed -> {
                        failures.add(failed.getMessage());
                        return "";
                    });
            time.advance(Duration.ofSeconds(3));
            pacer.<String>callAsync(
                            "/a",
                            () -> {
                                throw new IllegalStateException("not even sent");
                            },
                            answer -> Feedback.accepted())
                    .exceptionally(failed -> {
                        failures.add(failed.getMessage());
                        return "";
                    });
            time.advance(Duration.ofSeconds(3));
            assertThat(failures).containsExactly("reset", "not even sent");
            assertThat(pacer.report().getFirst().used()).isEqualTo(2);
            pacer.enter(CallRequest.to("/a").by("a"), reply -> failures.add("granted"));
            assertThat(failures).contains("granted");
        }
    }

    @Test
    void aPermitThatIsClosedWithoutAWordIsLostAndOneThatIsAnsweredIsNot() throws InterruptedException {
        try (Pacer pacer = unknown()) {
            try (Permit permit = granted(pacer)) {
                permit.answered(Feedback.accepted());
            }
            granted(pacer).close();
            assertThat(pacer.acquire(CallRequest.to("/a").within(Duration.ZERO)))
                    .isInstanceOf(PacerReply.Late.class);
            time.advance(Duration.ofSeconds(2));
            assertThat(pacer.acquire(CallRequest.to("/a").within(Duration.ZERO)))
                    .isInstanceOf(Admission.Granted.class);
        }
    }

    private static Permit granted(Pacer pacer) throws InterruptedException {
        return ((Admission.Granted) pacer.acquire("/a")).permit();
    }

    @Test
    void aPermitThatIsDroppedIsFound() {
        try (Pacer pacer = unknown()) {
            List<String> told = new ArrayList<>();
            pacer.enter(CallRequest.to("/a").by("careless"), reply -> told.add("dropped"));
            pacer.enter(CallRequest.to("/a").by("other"), reply -> told.add("granted"));
            assertThat(told).containsExactly("dropped");
            while (told.size() == 1) {
                System.gc();
                time.advance(Duration.ofSeconds(5));
            }
            assertThat(told).containsExactly("dropped", "granted");
        }
    }

    /// nginx refuses with a bare 503: a hammer of refusals where it is taken for an overload for ever.
    @Test
    void aBare503IsRestedUponAndFoundToBeARefusal() {
        long[] seen = new long[2];
        long[] servedAt = {Long.MIN_VALUE / 2};
        try (Pacer pacer = unknown()) {
            for (int callers = 0; callers < 8; callers++) {
                hammer(pacer, seen, servedAt);
            }
            time.advance(Duration.ofMinutes(10));
            assertThat(seen[1] / (double) (seen[0] + seen[1])).isLessThan(0.35);
            assertThat(seen[0]).isGreaterThan(60);
        }
    }

    /// A server that serves one call in 100 ms and answers all others with 503.
    private void hammer(Pacer pacer, long[] seen, long[] servedAt) {
        pacer.enter(CallRequest.to("/a").by("a"), reply -> {
            if (!(reply instanceof Admission.Granted(Permit permit))) {
                return;
            }
            boolean serves = time.nanos() - servedAt[0] >= 100_000_000L;
            seen[serves ? 0 : 1]++;
            servedAt[0] = serves ? time.nanos() : servedAt[0];
            permit.answered(serves ? Feedback.accepted() : Feedback.doubtful());
            hammer(pacer, seen, servedAt);
        });
    }
}
