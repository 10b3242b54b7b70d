package dev.tactus.ingest.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.work.LeaseLost;
import dev.tactus.ledger.work.SharedQuota;
import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.QuotaKind;
import dev.tactus.limits.ScopeReport;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.Permit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Processes that share a quota through the ledger: one paces, all ask it.
@Timeout(120)
class SharedPermitsTest {
    private static final String PATH = "/v1/search";

    @TempDir
    private Path folder;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    /// As a process is: a ledger, a lease, and the permits; it may own the quota.
    private final class Sharer implements AutoCloseable {
        final Ledger ledger = Ledger.open(folder.resolve("ledger.db"), InstantSource.system());
        final WorkerLease lease = WorkerLease.begin(ledger, "work", InstantSource.system(), _ -> {});
        final SharedQuota quota = ledger.quota("credential");
        final SharedPermits permits = new SharedPermits(quota, lease, List::of);

        QuotaOwner owns(int most) {
            PacerSettings settings = new PacerSettings(
                    List.of(new ScopedLimit(
                            ScopedLimit.TOKEN, new Limit(most, Duration.ofHours(1)), new QuotaKind.Sliding(false))),
                    List.of(),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(1));
            return new QuotaOwner(
                    quota, lease, "spotify", clock -> new Pacer(settings, Ticker.sinceEpoch(clock), clock), _ -> {});
        }

        Permit granted() throws InterruptedException {
            return ((Admission.Granted) permits.acquire(PATH)).permit();
        }

        /// Asks on a thread of its own, which is seen by the owner and has to wait.
        Future<Admission> waits() {
            Future<Admission> asked = callers.submit(() -> permits.acquire(PATH));
            until(() -> quota.permits().stream().anyMatch(one -> !one.granted() && one.worker() == lease.number()));
            return asked;
        }

        @Override
        public void close() {
            permits.close();
            lease.close();
            ledger.close();
        }
    }

    private static void until(BooleanSupplier there) {
        while (!there.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static int used(QuotaOwner owner) {
        return owner.report().stream().mapToInt(ScopeReport::used).max().orElse(0);
    }

    @Test
    void allOfThemTogetherHaveOneQuota() throws Exception {
        try (Sharer one = new Sharer();
                Sharer other = new Sharer();
                QuotaOwner owner = one.owns(3)) {
            Permit first = other.granted();
            other.granted();
            one.granted();
            Future<Admission> fourth = other.waits();
            assertThat(used(owner)).isEqualTo(3);
            assertThat(fourth).isNotDone();

            first.unused();

            assertThat(fourth.get()).isInstanceOf(Admission.Granted.class);
        }
    }

    @Test
    void whoGivesUpLeavesNothing() throws Exception {
        try (Sharer one = new Sharer();
                QuotaOwner _ = one.owns(1)) {
            Permit only = one.granted();
            Future<Admission> second = one.waits();
            second.cancel(true);
            until(() -> one.quota.permits().size() == 1);
            only.unused();
            assertThat(one.granted()).isNotNull();
        }
    }

    @Test
    void aRefusalOfOneIsThePauseOfAll() throws Exception {
        try (Sharer one = new Sharer();
                Sharer other = new Sharer();
                QuotaOwner owner = one.owns(10)) {
            other.granted().answered(Feedback.throttled(Optional.of(Duration.ofHours(2))));
            until(() -> owner.report().stream()
                    .anyMatch(scope -> scope.pausedUntil().isPresent()));
            assertThat(one.permits.acquire(PATH)).isInstanceOf(Admission.Paused.class);
            assertThat(other.permits.acquire(PATH)).isInstanceOf(Admission.Paused.class);
        }
    }

    @Test
    void theNextOwnerKnowsWhatWasGranted() throws Exception {
        try (Sharer next = new Sharer()) {
            try (Sharer one = new Sharer();
                    QuotaOwner _ = one.owns(2)) {
                next.granted();
            }
            try (QuotaOwner owner = next.owns(2)) {
                next.granted();
                Future<Admission> third = next.waits();
                assertThat(used(owner)).isEqualTo(2);
                assertThat(third).isNotDone();
            }
        }
    }

    @Test
    void whoIsTakenForDeadIsToldSo() throws Exception {
        Sharer one = new Sharer();
        try (Sharer other = new Sharer()) {
            Future<Admission> asked = one.waits();
            other.ledger.workers().endAnother(one.lease.number());
            assertThatThrownBy(asked::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(LeaseLost.class);
            assertThatThrownBy(() -> one.permits.acquire(PATH)).isInstanceOf(LeaseLost.class);
        } finally {
            one.close();
        }
    }

    /// Before it has noticed that it was.
    @Test
    void whoWasTakenForDeadClosesInPeace() {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> {
            if (e instanceof LeaseLost) {
                uncaught.add(e);
            }
        });
        try (Sharer other = new Sharer()) {
            Sharer one = new Sharer();
            QuotaOwner owner = one.owns(1);
            until(() -> !owner.report().isEmpty());
            other.ledger.workers().endAnother(one.lease.number());
            one.permits.close();
            owner.close();
            one.close();
            assertThat(uncaught).isEmpty();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void whatIsClosedGrantsNothing() {
        Sharer one = new Sharer();
        Future<Admission> asked = one.waits();
        one.close();
        assertThatThrownBy(asked::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> one.permits.acquire(PATH)).isInstanceOf(IllegalStateException.class);
    }
}
