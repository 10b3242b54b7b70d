package dev.tactus.console.sync;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.Stores;
import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.console.output.BuildVersion;
import dev.tactus.console.output.Console;
import dev.tactus.database.DatabaseLocked;
import dev.tactus.database.DatabaseUnavailable;
import dev.tactus.ingest.Work;
import dev.tactus.ingest.run.Continuation;
import dev.tactus.ingest.run.ProgressListener;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.SyncRequest;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.work.LeaseLost;
import dev.tactus.source.CallBudget;
import dev.tactus.source.DailyBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One worker after another in this process: each works on what is open, and one that was taken for dead, or whose
/// ledger went away, is followed by the next.
final class WorkLoop {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final String COMMAND = "work";

    private final CommandOptions options;
    private final Configuration configuration;
    private final Duration maxWait;
    private final boolean stay;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Work> running = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private String waitsFor = "";
    /// the last worker that this process was; 0: none
    private long before;

    WorkLoop(CommandOptions options, Configuration configuration, Duration maxWait, boolean stay) {
        this.options = options;
        this.configuration = configuration;
        this.maxWait = maxWait;
        this.stay = stay;
    }

    long requests() {
        return requests.get();
    }

    /// Ends soon, with everything recorded.
    void stop() {
        stopped.countDown();
        synchronized (running) {
            running.forEach(Work::stop);
        }
    }

    /// Works until nothing is open, or it is stopped; returns how many items were settled.
    long run() {
        long settled = 0;
        boolean again = true;
        while (again && stopped.getCount() > 0) {
            if (stay && !isThere()) {
                continue;
            }
            try (Ledger ledger = Stores.ledgerToChange(configuration, options.console())) {
                settled += work(ledger);
                again = stay;
            } catch (LeaseLost e) {
                options.say(String.valueOf(e.getMessage()));
            } catch (DatabaseLocked e) {
                if (!stay) {
                    throw e;
                }
                waitsFor(String.valueOf(e.getMessage()));
            } catch (DatabaseUnavailable e) {
                waitsFor(e.getMessage() + " Waits until it is back");
            }
        }
        return settled;
    }

    /// Whether there is a ledger; waits a little where there is none.
    private boolean isThere() {
        try {
            if (Ledger.exists(configuration.ledger()) && configuration.lake().exists()) {
                return true;
            }
            waitsFor("there is nothing at " + configuration.ledger() + " yet; waits for the first sync");
        } catch (DatabaseUnavailable e) {
            waitsFor(e.getMessage() + " Waits until it is back");
        }
        return false;
    }

    private void waitsFor(String why) {
        if (!why.equals(waitsFor)) {
            options.say(why);
        }
        waitsFor = why;
        pause();
    }

    private void pause() {
        try {
            boolean _ = stopped.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    private long work(Ledger ledger) {
        while (configuration.sources().keySet().stream()
                .allMatch(source -> Work.open(ledger, source).isEmpty())) {
            if (!stay) {
                return 0;
            }
            if (waitsFor.isEmpty()) {
                options.say("no run is open; waits for the next");
            }
            waitsFor = "the next run";
            pause();
            if (stopped.getCount() == 0) {
                return 0;
            }
        }
        waitsFor = "";
        Console console = options.console();
        try (StoreSession stores = StoreSession.openToWork(configuration, ledger, console, COMMAND, options::say)) {
            long number = stores.shared().orElseThrow().lease().number();
            if (before != 0) {
                ledger.workers().endAnother(before);
            }
            before = number;
            options.say("is worker " + number);
            return sideBySide(stores);
        }
    }

    private long sideBySide(StoreSession stores) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("tactus-source-", 0).factory())) {
            List<CompletableFuture<Long>> working = new ArrayList<>();
            for (SourceConfiguration source : configuration.sources().values()) {
                working.add(CompletableFuture.supplyAsync(() -> work(stores, source), threads));
            }
            try {
                return working.stream().mapToLong(CompletableFuture::join).sum();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
        }
    }

    private long work(StoreSession stores, SourceConfiguration source) {
        try (SourceSession session =
                SourceSession.over(stores, source.settings(), options.console(), budget(stores, source))) {
            Work work = new Work(session.parts(), template(source), progress());
            synchronized (running) {
                running.add(work);
                if (stopped.getCount() == 0) {
                    work.stop();
                }
            }
            try {
                return work.run();
            } finally {
                requests.addAndGet(session.parts().source().report().requests());
                synchronized (running) {
                    running.remove(work);
                }
            }
        }
    }

    private CallBudget budget(StoreSession stores, SourceConfiguration source) {
        return source.callsPerDay()
                .map(most -> CallBudget.unlimited()
                        .within(new DailyBudget(
                                most,
                                stores.ledger().runs().requestsToday(source.name()),
                                options.console().clock())))
                .orElseGet(CallBudget::unlimited);
    }

    private SyncRequest template(SourceConfiguration source) {
        Instant now = options.console().clock().instant();
        return new SyncRequest(
                List.of(RunOptions.yesterday(now)),
                source.settings().profile().datasets(),
                new Continuation.SameDays(),
                source.settleDays(),
                source.cadence(),
                maxWait,
                source.concurrency(),
                configuration.tolerance(),
                RunOptions.deadline(now, source),
                configuration.publishEvery(),
                List.of(),
                BuildVersion.code());
    }

    private ProgressListener progress() {
        return new ProgressListener() {
            @Override
            public void update(ProgressReport report) {}

            @Override
            public void say(String event) {
                options.say(event);
            }
        };
    }
}
