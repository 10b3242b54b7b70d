package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.leases.QuotaRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongFunction;

/// The searches for what no single window explains: calls under way at once, and token buckets.
///
/// They listen all the time; what one of them finds takes the place of a window until it is refuted. Not thread-safe.
public final class RuleSearch {
    private final FlightSearch flights = new FlightSearch();
    private final RateSearch rates;
    private final boolean nothingKnown;
    private AnswerHistory history = new AnswerHistory();

    /// @param most what is known, which is never exceeded
    public RuleSearch(Optional<Limit> most) {
        rates = new RateSearch(most);
        nothingKnown = most.isEmpty();
    }

    /// What is held; empty where windows do.
    public List<QuotaRule> rules() {
        return flights.rule().<QuotaRule>map(rule -> rule).or(rates::rule).stream()
                .toList();
    }

    /// An answer said yes.
    ///
    /// @param flying calls under way, with this one
    /// @param recovered whether it ends a row of refusals
    public void accepted(long sentAt, long now, int flying, boolean recovered) {
        history.add(sentAt, now, true);
        if (flights.rule().isPresent()) {
            flights.accepted(flying, now);
        } else if (!(recovered && nothingKnown && rates.rule().isEmpty() && flights.examine(history, now))) {
            rates.accepted(sentAt, now, recovered);
        }
    }

    /// An answer said no.
    ///
    /// @param first whether it begins a row of refusals
    public void refused(long sentAt, long now, boolean first) {
        history.add(sentAt, now, false);
        rates.refused(sentAt, now);
        if (first && !flights.refused(now)) {
            history = new AnswerHistory();
        }
    }

    /// How long to rest after that many refusals in a row.
    public long restNanos(int inARow) {
        return flights.rule().isPresent() ? flights.restNanos(inARow) : rates.restNanos(inARow);
    }

    /// See [RateSearch#seek].
    public void seek(Limit found, long now) {
        if (flights.rule().isEmpty()) {
            rates.seek(found, now);
        }
    }

    /// What is held, to be kept for a restart.
    ///
    /// @param calendar the moment of a nanosecond
    public Optional<ScopeState.LearnedCeiling> learned(LongFunction<Instant> calendar) {
        return flights.rule().isPresent() ? Optional.empty() : rates.learned(calendar);
    }

    /// How many calls may be under way, where that is what was found.
    public OptionalInt inFlight() {
        return flights.calls();
    }

    /// Holds what an earlier process held; see [RateSearch#restore].
    public void restore(Limit refill, int burst, long learnedAt, long emptyAt) {
        rates.restore(refill, burst, learnedAt, emptyAt);
    }

    /// Holds as many calls under way as an earlier process held.
    public void restore(int calls, long now) {
        flights.restore(calls, now);
    }

    /// The same as a limit, for people; empty where none of calls in a time is held.
    public Optional<Limit> limit() {
        return flights.rule().isPresent() ? Optional.empty() : rates.limit();
    }
}
