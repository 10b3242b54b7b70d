package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.leases.BucketRule;
import dev.tactus.limits.leases.QuotaRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The search for a token bucket, or for spacing, where calls are refused again and again although no window explains
/// it.
///
/// It listens all the time and speaks up after [Tunables#RATE_ROWS] rows of refusals with too few calls between them
/// for a window that was found. What it then holds is fitted anew after each further row; where nothing fits, it gives
/// up for a time that doubles. Nanoseconds. Not thread-safe.
public final class RateSearch {

    private AnswerHistory history = new AnswerHistory();
    private @Nullable BucketRule held;
    private @Nullable Limit shown;
    private RateFit.@Nullable Bucket bucket;
    private int rows;
    private int nextRows = Tunables.RATE_ROWS;
    private int rowsHeld;
    private int sinceRefusal;
    /// calls accepted at the rate that is tried, while spacing is sought; -1 when it is not
    private int sought = -1;
    private long heldSince;
    /// Time between two attempts to use more, and how much more the next one uses.
    private long every = Tunables.RATE_OLD_NANOS;
    private double more = Tunables.RATE_MORE;
    /// What held before more was tried.
    private RateFit.@Nullable Bucket proven;

    private Optional<Limit> provenLimit = Optional.empty();
    private long silentUntil = Long.MIN_VALUE;
    private long rest = Tunables.RATE_SILENCE_NANOS;
    private final Optional<Limit> most;

    /// @param most what is known, which is never exceeded
    public RateSearch(Optional<Limit> most) {
        this.most = most;
    }

    /// How long to rest after that many refusals in a row: until a token has come, then longer.
    public long restNanos(int inARow) {
        double token = shown == null ? 0 : 1 / shown.rate();
        return (long) Math.min(token * (1L << Math.min(inARow - 1, 6)), Tunables.RATE_REST_NANOS);
    }

    /// What is held; empty where windows do.
    public Optional<QuotaRule> rule() {
        return Optional.ofNullable(held);
    }

    /// Goes on where one call in the shortest of all windows was found: that is spacing, and its calls may be closer
    /// than any window tells. Ever closer ones are tried until one is refused.
    public void seek(Limit found, long now) {
        if (bucket == null && now >= silentUntil) {
            sought = 0;
            hold(new RateFit.Bucket(found.rate() * Tunables.RATE_STRIDE, 1), now);
        }
    }

    private void closer(RateFit.Bucket tried, long now) {
        sought = 0;
        if (tried.perNano() > Tunables.RATE_FASTEST) {
            // Nothing refuses any more.
            forget();
        } else {
            hold(new RateFit.Bucket(tried.perNano() * Tunables.RATE_STRIDE, 1), now);
        }
    }

    /// What is held, to be kept for a restart.
    ///
    /// @param calendar the moment of a nanosecond
    public Optional<ScopeState.LearnedCeiling> learned(LongFunction<Instant> calendar) {
        RateFit.Bucket known = bucket;
        return known == null
                ? Optional.empty()
                : provenLimit
                        .or(this::limit)
                        .map(refill -> new ScopeState.LearnedCeiling(
                                refill,
                                calendar.apply(heldSince),
                                Duration.ofNanos(Tunables.RATE_OLD_NANOS),
                                OptionalInt.of(known.size())));
    }

    /// Holds what an earlier process held.
    ///
    /// @param burst what its bucket holds when it is full
    /// @param emptyAt when it may have used the last of it
    public void restore(Limit refill, int burst, long learnedAt, long emptyAt) {
        hold(new RateFit.Bucket(refill.rate() / Tunables.RATE_BELOW, burst), emptyAt);
        heldSince = learnedAt;
    }

    /// The same as a limit, for people.
    public Optional<Limit> limit() {
        return Optional.ofNullable(shown);
    }

    /// An answer said yes.
    ///
    /// @param recovered whether it ends a row of refusals
    public void accepted(long sentAt, long now, boolean recovered) {
        history.add(sentAt, now, true);
        if (++sinceRefusal > Tunables.RATE_CALM && held == null) {
            rows = 0;
            nextRows = Tunables.RATE_ROWS;
        }
        if (recovered) {
            rows++;
            rowsHeld += held == null ? 0 : 1;
            examine(now);
        }
        if (bucket != null && sought >= 0 && ++sought > Tunables.RATE_SOUGHT_CALLS) {
            closer(bucket, now);
        }
        if (bucket != null && sought < 0 && now - heldSince > every) {
            // A fit to few answers errs, and limits move: more is tried, and what refuses it is evidence.
            rowsHeld = 0;
            heldSince = now;
            proven = bucket;
            provenLimit = limit();
            hold(new RateFit.Bucket(bucket.perNano() * more, bucket.size()), now);
            more = Math.min(Tunables.RATE_MUCH_MORE, more * more);
        }
    }

    /// An answer said no.
    public void refused(long sentAt, long now) {
        history.add(sentAt, now, false);
        sinceRefusal = 0;
    }

    private void examine(long now) {
        if (now < silentUntil || (bucket == null && rows < nextRows)) {
            return;
        }
        Optional<RateFit.Bucket> found = RateFit.of(history);
        RateFit.Bucket refuted = bucket;
        if (refuted == null) {
            // What doesn't fit now will not with one row more.
            nextRows = rows + rows / 2;
            found.ifPresent(first -> {
                every = history.size() < Tunables.RATE_SURE ? Tunables.RATE_SOON_NANOS : Tunables.FIRST_PROBE_NANOS;
                hold(first, now);
            });
        } else if (sought >= 0) {
            sought = -1;
            hold(new RateFit.Bucket(refuted.perNano() / Tunables.RATE_STRIDE, 1), now);
        } else if (rowsHeld > Tunables.RATE_ROWS_HELD) {
            silentUntil = now + rest;
            rest *= 2;
            forget();
        } else {
            // What is held was refused, whatever the rest of the history allows.
            every = Math.min(Tunables.RATE_OLD_NANOS, every * Tunables.PROBE_GROWTH);
            more = Tunables.RATE_MORE;
            heldSince = now;
            double lower = Math.min(
                    found.map(RateFit.Bucket::perNano).orElse(Double.MAX_VALUE),
                    proven == null ? Tunables.RATE_LOWER * refuted.perNano() : proven.perNano());
            proven = null;
            provenLimit = Optional.empty();
            hold(new RateFit.Bucket(lower, found.map(RateFit.Bucket::size).orElse(refuted.size())), now);
        }
    }

    private void hold(RateFit.Bucket found, long now) {
        bucket = found;
        double perNano = Math.min(
                Tunables.RATE_BELOW * found.perNano(), most.map(Limit::rate).orElse(Double.MAX_VALUE));
        double perMinute = perNano * Duration.ofMinutes(1).toNanos();
        // Whole permits of a window that is long enough for them to be exact to a thousandth.
        int minutes = (int) Math.clamp(Math.ceil(1000 / perMinute), 1, 10_000);
        Limit refill = new Limit(Math.max(1, (int) Math.round(perMinute * minutes)), Duration.ofMinutes(minutes));
        BucketRule next = new BucketRule(refill, found.size(), 1);
        if (held == null) {
            heldSince = now;
            // What came before has been taken: the bucket is empty now.
            for (int token = 0; token < found.size(); token++) {
                next.remember(now, OptionalDouble.empty());
            }
        } else {
            next.takeOver(held, now);
        }
        held = next;
        shown = refill;
    }

    private void forget() {
        held = null;
        shown = null;
        bucket = null;
        rows = 0;
        nextRows = Tunables.RATE_ROWS;
        rowsHeld = 0;
        sought = -1;
        every = Tunables.RATE_OLD_NANOS;
        more = Tunables.RATE_MORE;
        proven = null;
        provenLimit = Optional.empty();
        history = new AnswerHistory();
    }
}
