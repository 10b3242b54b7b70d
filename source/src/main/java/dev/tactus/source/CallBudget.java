package dev.tactus.source;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// How many calls may be made, and until when. Calls for tokens are free. Several sources may share one. Thread-safe.
public final class CallBudget {
    private final AtomicLong left;
    private final Optional<Instant> until;
    private final InstantSource clock;
    private final Optional<DailyBudget> daily;

    /// A budget of calls, of time, or of both.
    ///
    /// @param calls at most so many, 0 or more
    /// @param until no call begins at this time or later
    public CallBudget(long calls, Optional<Instant> until, InstantSource clock) {
        if (calls < 0) {
            throw new IllegalArgumentException("a budget is 0 calls or more, not " + calls);
        }
        this(new AtomicLong(calls), until, clock, Optional.empty());
    }

    private CallBudget(AtomicLong left, Optional<Instant> until, InstantSource clock, Optional<DailyBudget> daily) {
        this.left = left;
        this.until = until;
        this.clock = clock;
        this.daily = daily;
    }

    /// The same budget, shared with all others of it, for a source that has one of a day besides.
    public CallBudget within(DailyBudget ofASource) {
        return new CallBudget(left, until, clock, Optional.of(ofASource));
    }

    public static CallBudget unlimited() {
        return new CallBudget(Long.MAX_VALUE, Optional.empty(), InstantSource.system());
    }

    /// Whether no call may begin any more.
    public boolean spent() {
        return left.get() <= 0
                || daily.filter(DailyBudget::spent).isPresent()
                || until.filter(end -> !clock.instant().isBefore(end)).isPresent();
    }

    /// Takes a call out of the budget; returns false where it is spent.
    boolean take() {
        return !spent()
                && left.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0
                && daily.map(DailyBudget::take).orElse(true);
    }

    /// When what was not reached may be tried again: on the next day, UTC. Whoever runs again earlier, with a budget
    /// of their own, need not wait for it.
    Instant again() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
