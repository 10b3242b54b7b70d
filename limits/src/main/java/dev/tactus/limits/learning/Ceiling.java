package dev.tactus.limits.learning;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopeState;
import dev.tactus.limits.leases.PacedLimit;
import dev.tactus.limits.leases.RecentTimestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// What a scope holds for its limits: those configured or stated by headers, and the one that is learned.
///
/// A configured limit is the most that is ever used, and is undercut while a server refuses it. Where nothing is
/// configured, headers are believed, and refusals teach. Not thread-safe.
public final class Ceiling {
    private final List<Limit> configured;
    private final Optional<Limit> ofKind;
    private final double leave;
    private final List<PacedLimit> fixed;
    private final CeilingSearch search;
    private final AdvertisedLimit advertised = new AdvertisedLimit(LimitEvidence.USUAL_WINDOWS);
    private @Nullable PacedLimit paced;
    private @Nullable PacedLimit beside;
    private long changedAt;

    /// @param ofKind the slowest limit whose way of counting is known, which is kept elsewhere; with it nothing is
    /// learned
    public Ceiling(List<Limit> configured, Optional<Limit> ofKind, PacerSettings settings, long now) {
        this.configured = List.copyOf(configured);
        this.ofKind = ofKind;
        leave = configured.isEmpty() ? settings.leave() : 0;
        List<Limit> slowestFirst = configured.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Limit::rate))
                .toList();
        search = new CeilingSearch(slowestFirst.stream().findFirst(), settings, now);
        fixed = slowestFirst.stream().skip(1).map(PacedLimit::new).toList();
        changedAt = now;
        follow(now);
    }

    /// Keeps the limit that the search has come to.
    private void follow(long now) {
        beside = search.beside()
                .map(this::lessWhatIsLeft)
                .map(limit -> beside != null && beside.limit().equals(limit) ? beside : new PacedLimit(limit))
                .orElse(null);
        Optional<Limit> next = search.stage().limit().map(this::lessWhatIsLeft);
        PacedLimit old = paced;
        if (next.equals(Optional.ofNullable(old).map(PacedLimit::limit))) {
            return;
        }
        changedAt = now;
        paced = next.map(limit -> old != null && old.limit().window().equals(limit.window())
                        ? old.withPermits(limit.permits())
                        : new PacedLimit(limit, catchUp(limit)))
                .orElse(null);
    }

    /// A limit that is told, and keeps any way of counting without a gap, lets a tenth of it catch up after
    /// idling: more would be lost where a process dies unsaved. Of a short one that headers tell, all may be
    /// caught up, since they tell what remains, too; a long one needs an even pace.
    private int catchUp(Limit limit) {
        if (search.isStated(limit) && limit.window().compareTo(Tunables.LONGEST_BURST) <= 0) {
            return limit.permits();
        }
        return configured.contains(limit) ? Math.max(1, limit.permits() / Tunables.CATCH_UP) : 1;
    }

    private Limit lessWhatIsLeft(Limit limit) {
        return limit.withPermits(Math.max(1, (int) Math.floor(limit.permits() * (1 - leave))));
    }

    /// Every limit in force. While a limit is being guessed only the pause holds calls back.
    public List<PacedLimit> limits() {
        if (paced == null) {
            return fixed;
        }
        List<PacedLimit> all = new ArrayList<>(fixed);
        all.add(paced);
        if (beside != null) {
            all.add(beside);
        }
        return all;
    }

    public List<Limit> configured() {
        return configured;
    }

    /// The limit that is kept, the slowest of all; empty while nothing is known.
    public Optional<Limit> inForce() {
        return ofKind.or(() -> search.stage().limit());
    }

    /// A quicker limit that was learned beside it.
    public Optional<Limit> beside() {
        return search.beside();
    }

    boolean isKnown() {
        return ofKind.isPresent() || !configured.isEmpty();
    }

    /// Whether there is a limit and its window is more than a guess.
    public boolean isCertain() {
        return ofKind.isPresent() || (paced != null && search.windowIsCertain());
    }

    /// Whether a refusal now and then is reckoned with.
    public boolean tolerates() {
        return search.tolerates();
    }

    public boolean isLearned() {
        return ofKind.isEmpty()
                && inForce().map(limit -> limit.permits() < search.most()).orElse(false);
    }

    /// The window that counts are taken over.
    public Duration window() {
        return ofKind.map(Limit::window).orElseGet(search::window);
    }

    /// How long stamps are kept.
    public Duration horizon() {
        Duration longest = isCertain() ? window() : Duration.ofHours(1);
        for (PacedLimit limit : limits()) {
            Duration horizon = Duration.ofNanos(limit.horizonNanos());
            longest = longest.compareTo(horizon) < 0 ? horizon : longest;
        }
        return longest;
    }

    /// An answer said yes.
    ///
    /// @param recovered whether it ends a row of refusals
    public void accepted(long sentAt, long now, RecentTimestamps accepted, boolean recovered) {
        if (ofKind.isPresent()) {
            return;
        }
        // Who leaves a part of it to others never uses it up, and so can't try for more.
        search.accepted(sentAt, now, leave > 0 ? null : paced, accepted, recovered);
        follow(now);
    }

    /// An answer said no.
    ///
    /// @param inARow how many did, without a yes between
    public void refused(long sentAt, long now, int inARow, RecentTimestamps accepted) {
        if (ofKind.isPresent()) {
            return;
        }
        search.refused(sentAt, now, inARow, accepted);
        follow(now);
    }

    /// An answer said no to a call that was sent before the last refusal was known.
    public void refusedToo(long sentAt, long now) {
        if (ofKind.isEmpty()) {
            search.refusedToo(sentAt, now);
        }
    }

    /// How long to rest after that many refusals in a row when the server did not say.
    public long restNanos(int inARow, long now) {
        return search.restNanos(paced, inARow, now);
    }

    /// A header stated the limit.
    public void advertised(Feedback feedback, long now) {
        if (!isKnown()) {
            advertised.news(feedback, window(), now).ifPresent(limit -> search.hold(limit, now));
            follow(now);
        }
    }

    /// What was learned turned out to be another scope's limit.
    public void forget(long now) {
        if (!isKnown()) {
            search.startAnew();
            follow(now);
        }
    }

    /// What was learned long ago is tried anew soon: limits move in a day.
    ///
    /// @param learnedAt when it last changed, on the scale of `now`
    public void restore(ScopeState.LearnedCeiling saved, long learnedAt, long now) {
        Limit limit = saved.limit();
        if (ofKind.isPresent() || (isKnown() && !search.considers(limit))) {
            return;
        }
        ProbeSchedule probes = now - learnedAt > Tunables.OLD_NANOS
                ? ProbeSchedule.soon(limit.window().toNanos(), now)
                : new ProbeSchedule(saved.probeEvery().toNanos(), now).again(now);
        search.resume(limit, probes);
        follow(now);
        changedAt = learnedAt;
    }

    /// The limit that paces, the slowest of all.
    public Optional<PacedLimit> tightest() {
        return ofKind.map(PacedLimit::new).or(() -> Optional.ofNullable(paced));
    }

    /// What is worth keeping for tomorrow.
    public Optional<ScopeState.LearnedCeiling> learned(LongFunction<Instant> calendar) {
        return inForce()
                .filter(limit -> isLearned())
                .map(limit -> new ScopeState.LearnedCeiling(limit, calendar.apply(changedAt), search.probeEvery()));
    }
}
