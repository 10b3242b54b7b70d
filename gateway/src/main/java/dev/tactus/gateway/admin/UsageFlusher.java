package dev.tactus.gateway.admin;

import dev.tactus.database.DatabaseFailure;
import dev.tactus.gateway.state.QuotaCheckpoint;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.MinuteUsage;
import dev.tactus.gateway.usage.UsageAggregator;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.usage.UsagePeers;
import dev.tactus.gateway.violations.ViolationPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what the data path counts to disk, and does now and then what has to be done: judging, summing up.
///
/// What is counted is on disk a second later, so that a crash loses the counts of the last two seconds at most. While
/// the file can't be written, counts are kept in memory and written once it can. Thread-safe.
public final class UsageFlusher {
    private static final Logger log = LoggerFactory.getLogger(UsageFlusher.class);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    private static final Duration REVIEW_EVERY = Duration.ofSeconds(30);
    private static final Duration ROLL_EVERY = Duration.ofHours(1);

    private final UsageMeterRegistry usage;
    private final StateFile file;
    private final QuotaCheckpoint windows;
    private final ViolationPolicy conduct;
    private final Consumer<List<MinuteUsage>> seen;
    private final Runnable saved;
    private final Consumer<Instant> watched;
    private final UsagePeers peers;
    private List<MinuteUsage> untold = new ArrayList<>();
    private final InstantSource clock;
    private List<MinuteUsage> unwritten = new ArrayList<>();
    private Instant reviewed = Instant.MIN;
    private Instant rolled = Instant.MIN;
    private Instant learnedSaved = Instant.MIN;
    private volatile boolean failing;

    /// @param seen is told of everything that was counted, once
    /// @param saved writes down what has been learned, every few seconds
    /// @param watched looks at what was counted once it is on disk
    /// @param peers are told what was counted here, and tell what they have
    public UsageFlusher(
            UsageMeterRegistry usage,
            StateFile file,
            QuotaCheckpoint windows,
            ViolationPolicy conduct,
            Consumer<List<MinuteUsage>> seen,
            Runnable saved,
            Consumer<Instant> watched,
            UsagePeers peers,
            InstantSource clock) {
        this.usage = usage;
        this.file = file;
        this.windows = windows;
        this.conduct = conduct;
        this.seen = seen;
        this.saved = saved;
        this.watched = watched;
        this.peers = peers;
        this.clock = clock;
    }

    /// Does what is due; to be called each second.
    public synchronized void tick() {
        Instant now = clock.instant();
        List<MinuteUsage> counted = usage.take(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
        seen.accept(counted);
        unwritten = UsageAggregator.together(unwritten, counted);
        untold = UsageAggregator.together(untold, counted);
        try {
            if (!unwritten.isEmpty()) {
                file.together(() -> {
                    file.usage().add(unwritten);
                    windows.add(unwritten, now);
                });
                unwritten = new ArrayList<>();
            }
            share();
            watched.accept(now);
            if (!learnedSaved.plus(SAVE_EVERY).isAfter(now)) {
                saved.run();
                learnedSaved = now;
            }
            if (!reviewed.plus(REVIEW_EVERY).isAfter(now)) {
                if (peers.isJudge()) {
                    conduct.review();
                }
                reviewed = now;
            }
            if (!rolled.plus(ROLL_EVERY).isAfter(now)) {
                file.usage().roll(now);
                rolled = now;
            }
            if (failing) {
                log.info("the state file can be written again; no counts were lost");
                failing = false;
            }
        } catch (DatabaseFailure e) {
            failed(e.getMessage(), Optional.empty());
        } catch (RuntimeException e) {
            failed(e.toString(), Optional.of(e));
        }
    }

    /// The others' counts, and up to where they are read, are written together or not at all.
    private void share() {
        List<MinuteUsage> told = untold;
        untold = new ArrayList<>();
        peers.exchange(told, file.peers().place())
                .ifPresent(read -> file.together(() -> {
                    file.usage().add(read.counted());
                    file.peers().readTo(read.place());
                }));
    }

    private void failed(@Nullable String why, Optional<RuntimeException> fault) {
        if (!failing) {
            log.error(
                    "{}; the gateway continues and keeps its counts in memory until they can be written",
                    why,
                    fault.orElse(null));
            failing = true;
        }
    }

    /// Does everything for the last time.
    public synchronized void finish() {
        learnedSaved = Instant.MIN;
        tick();
    }

    /// Whether the last attempt to write has failed.
    public boolean failing() {
        return failing;
    }
}
