package dev.tactus.source;

import static dev.tactus.source.SourceFixture.isrc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.http.HttpSettings;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.source.FakeDsp.Reply;
import dev.tactus.source.profile.KnownLimits;
import dev.tactus.source.profile.SourceProfile;
import dev.tactus.source.profile.SourceSettings;
import dev.tactus.source.response.ResolveResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Every permit is ended, whatever became of its request.
class PermitLifecycleTest {
    @Test
    void neverHasMoreCallsInFlightThanAllowed() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        try (FakeDsp dsp = new FakeDsp(request -> {
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    three.countDown();
                    awaitAll(three);
                    inFlight.decrementAndGet();
                    return Reply.json(SpotifyPayloads.search(SpotifyPayloads.track(1)));
                });
                Pacer pacer = pacer();
                Source source = source(dsp, pacer);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ResolveResult>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                results.add(callers.submit(() -> source.resolve(isrc(1))));
            }
            for (Future<ResolveResult> result : results) {
                assertThat(result.get()).isInstanceOf(ResolveResult.Found.class);
            }
            assertThat(most.get()).isEqualTo(3);
        }
    }

    @Test
    void givesBackTheSlotOfACallThatWasNeverSent() throws Exception {
        CountDownLatch requested = new CountDownLatch(3);
        CountDownLatch go = new CountDownLatch(1);
        try (FakeDsp dsp = new FakeDsp(call -> {
                    requested.countDown();
                    awaitAll(go);
                    return Reply.json(SpotifyPayloads.search(SpotifyPayloads.track(1)));
                });
                Pacer pacer = pacer();
                Source source = source(dsp, pacer);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ResolveResult>> sent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sent.add(callers.submit(() -> source.resolve(isrc(1))));
            }
            requested.await();
            Future<ResolveResult> waiting = callers.submit(() -> source.resolve(isrc(2)));
            awaitGranted(pacer, 4);
            waiting.cancel(true);
            awaitUsed(pacer, 3);
            go.countDown();
            for (Future<ResolveResult> result : sent) {
                assertThat(result.get()).isInstanceOf(ResolveResult.Found.class);
            }
            assertThat(source.report().requests()).isEqualTo(3);
            assertThat(used(pacer)).isEqualTo(3);
        }
    }

    /// A permit that is not ended is never given back, however long one waits.
    @Test
    void givesBackTheSlotOfARequestThatWasInterruptedBeforeItsResponse() throws Exception {
        AtomicLong nanos = new AtomicLong();
        CountDownLatch requested = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (FakeDsp dsp = new FakeDsp(call -> {
                    requested.countDown();
                    awaitAll(go);
                    return Reply.json("{}");
                });
                Pacer pacer = pacer(nanos::get);
                Source source = source(dsp, pacer)) {
            FutureTask<ResolveResult> call = new FutureTask<>(() -> source.resolve(isrc(1)));
            Thread caller = Thread.ofVirtual().start(call);
            requested.await();
            caller.interrupt();
            caller.join();
            go.countDown();

            assertThatThrownBy(call::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(used(pacer)).as("it may have been counted").isEqualTo(1);
            nanos.addAndGet(Duration.ofHours(2).toNanos());
            assertThat(used(pacer)).isZero();
        }
    }

    private static Pacer pacer() {
        return pacer(Ticker.system());
    }

    private static Pacer pacer(Ticker ticker) {
        return new Pacer(
                new PacerSettings(
                        List.of(new ScopedLimit(ScopedLimit.TOKEN, new Limit(10_000_000, Duration.ofHours(1)))),
                        List.of(),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1)),
                ticker,
                InstantSource.system());
    }

    private static Source source(FakeDsp dsp, Pacer pacer) {
        SourceSettings settings = new SourceSettings(
                "spotify",
                SourceProfile.load("spotify-for-artists", Path.of(".")),
                dsp.base(),
                Optional.of(dsp.base().resolve("/api/token")),
                SourceFixture.CREDENTIALS,
                KnownLimits.NONE,
                3,
                SourceFixture.RETRY,
                HttpSettings.defaults());
        return new Source(settings, pacer, Ticker.system(), InstantSource.system(), new Random(1));
    }

    private static void awaitGranted(Pacer pacer, long calls) {
        while (pacer.report().getFirst().granted() < calls) {
            Thread.onSpinWait();
        }
    }

    private static void awaitUsed(Pacer pacer, int calls) {
        while (used(pacer) != calls) {
            Thread.onSpinWait();
        }
    }

    private static int used(Pacer pacer) {
        return pacer.report().getFirst().used();
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
