package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What receivers may do to one another: nothing.
@Timeout(60)
final class PacerDeliveryTest {
    private static final int MANY = 20_000;
    private final ManualTime time = new ManualTime();

    private Pacer pacer(String limit) {
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse(limit))),
                List.of(),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
        return new Pacer(settings, time, time, time);
    }

    @Test
    void anErrorInOneReceiverStrandsNobodyElse() {
        List<Throwable> uncaught = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try {
            Pacer pacer = pacer("1/10s");
            pacer.enter(CallRequest.to("/a").by("a"), reply -> told.add("first"));
            pacer.enter(CallRequest.to("/a").by("a"), reply -> {
                throw new AssertionError("receiver");
            });
            pacer.enter(CallRequest.to("/a").by("b"), reply -> told.add("last"));
            pacer.close();
            assertThat(told).containsExactly("first", "last");
            assertThat(uncaught).hasSize(1);
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
    }

    @Test
    void aHandlerThatThrowsStrandsNobodyEither() {
        List<String> told = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            throw new IllegalStateException(failure);
        });
        try {
            Pacer pacer = pacer("1/10s");
            pacer.enter(CallRequest.to("/a").by("a"), reply -> told.add("first"));
            pacer.enter(CallRequest.to("/a").by("a"), reply -> {
                throw new AssertionError("receiver");
            });
            pacer.enter(CallRequest.to("/a").by("b"), reply -> told.add("last"));
            closeWhateverTheHandlerThrows(pacer);
            assertThat(told).containsExactly("first", "last");
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
    }

    private static void closeWhateverTheHandlerThrows(Pacer pacer) {
        try {
            pacer.close();
        } catch (IllegalStateException ofTheHandler) {
            assertThat(ofTheHandler).hasRootCauseMessage("receiver");
        }
    }

    @Test
    void thousandsWhoEndTheirPermitAtOnceAreAllServed() {
        int[] served = new int[1];
        try (Pacer pacer = pacer("1/10s")) {
            List<Permit> first = new ArrayList<>();
            pacer.enter(CallRequest.to("/a").by("a"), reply -> first.add(((Admission.Granted) reply).permit()));
            for (int call = 0; call < MANY; call++) {
                pacer.enter(CallRequest.to("/a").by("a"), reply -> {
                    served[0]++;
                    ((Admission.Granted) reply).permit().unused();
                });
            }
            first.getFirst().unused();
            assertThat(served[0]).isEqualTo(MANY);
        }
    }

    @Test
    void aReceiverMayAskAgainForNowOrNotAtAll() {
        List<PacerReply> replies = new ArrayList<>();
        try (Pacer pacer = pacer("1/10s")) {
            pacer.enter(CallRequest.to("/a").by("a"), reply -> {
                ((Admission.Granted) reply).permit().answered(Feedback.accepted());
                try {
                    replies.add(pacer.acquire(CallRequest.to("/a").within(Duration.ZERO)));
                } catch (InterruptedException impossible) {
                    throw new AssertionError(impossible);
                }
            });
            assertThat(replies).containsExactly(new PacerReply.Late(Duration.ZERO));
        }
    }
}
