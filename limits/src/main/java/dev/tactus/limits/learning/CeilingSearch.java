package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.leases.PacedLimit;
import dev.tactus.limits.leases.RecentTimestamps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The search for the ceiling that a server doesn't tell: a stage, and the answers that move it on.
///
/// A limit that is known is the most that is ever held, and is undercut while the server refuses it. Not thread-safe.
final class CeilingSearch {
    private static final double SATURATED = 0.8;
    private static final int STEP_GROWTH = 5;
    private static final int DISTURBED = 3;
    private static final long YOUNG_NANOS = Duration.ofMinutes(20).toNanos();
    private static final int ALONE_REFUSALS = 5;
    private static final int ALONE_WINDOWS = 10;

    private final boolean windowKnown;
    private final boolean tolerant;
    private final int most;
    private final long bornAt;
    private final LimitEvidence evidence;
    private final RefusalStreak row = new RefusalStreak();
    private SearchStage stage = new SearchStage.Unknown();
    private Meaning meaning = Meaning.NONE;
    private Optional<SearchStage.Probing> failed = Optional.empty();
    private boolean resumed;
    private int restGaps;

    /// What the present row of refusals is about, to be settled when it ends and every answer is there.
    private enum Meaning {
        NONE,
        FOUND,
        FAILED_TRY,
        SURPRISE
    }

    CeilingSearch(Optional<Limit> known, PacerSettings settings, long now) {
        bornAt = now;
        most = known.map(Limit::permits).orElse(Integer.MAX_VALUE);
        windowKnown = known.isPresent() || settings.windowKnown();
        Duration usual = settings.assumedWindow();
        evidence = new LimitEvidence(
                windowKnown ? List.of(known.map(Limit::window).orElse(usual)) : UsualWindows.USUAL, usual);
        tolerant = known.isPresent() && settings.tolerated() > 0;
        known.ifPresent(limit -> stage = tolerant
                ? SearchStage.Contended.tolerant(limit, settings.tolerated())
                : SearchStage.Settled.found(limit, now));
    }

    SearchStage stage() {
        return stage;
    }

    /// The most that may ever be held; {@link Integer#MAX_VALUE} if nothing is known.
    int most() {
        return most;
    }

    /// Whether a refusal now and then is reckoned with.
    boolean tolerates() {
        return tolerant;
    }

    /// The window that counts are taken over.
    Duration window() {
        return stage.limit().map(Limit::window).orElse(evidence.usual());
    }

    /// Whether that window is more than a guess.
    boolean windowIsCertain() {
        return windowKnown || !(stage instanceof SearchStage.Settled holding) || holding.best() > 0;
    }

    /// Whether a ceiling over that window may be the one that is looked for.
    boolean considers(Limit limit) {
        return evidence.windows().contains(limit.window()) && limit.permits() < most;
    }

    void hold(Limit limit, long now) {
        stage = SearchStage.Settled.found(limit, now);
        meaning = Meaning.NONE;
        evidence.forgetStarts();
    }

    private void hold(Hypothesis found, long now) {
        hold(found.bold(1), now);
        evidence.believe(found);
    }

    /// Goes on where an earlier search ended.
    void resume(Limit limit, ProbeSchedule probes) {
        stage = new SearchStage.Settled(limit, limit.permits(), Integer.MAX_VALUE, probes, List.of());
        resumed = true;
    }

    /// What was found belonged to something else.
    void startAnew() {
        stage = new SearchStage.Unknown();
        evidence.forgetStarts();
        evidence.disregard();
    }

    /// An answer said yes.
    ///
    /// @param paced what keeps the stage's limit
    /// @param recovered whether it ends a row of refusals
    void accepted(long sentAt, long now, @Nullable PacedLimit paced, RecentTimestamps accepted, boolean recovered) {
        evidence.answered(sentAt, now, true);
        if (recovered) {
            recovered(now, accepted);
        } else if (paced != null && saturated(paced, accepted, now)) {
            stage = usedUp(paced.windowNanos(), now);
        }
    }

    /// What follows where all that is allowed was used and accepted.
    private SearchStage usedUp(long windowNanos, long now) {
        return switch (stage) {
            case SearchStage.Unknown seeking -> seeking;
            case SearchStage.Settled holding ->
                holding.held().permits() < most && holding.probes().due(now)
                        ? holding.raised(most, evidence.crowded(), now)
                        : holding;
            case SearchStage.Probing trying ->
                now - trying.since() >= evidence.proofNanos(windowNanos) ? proven(trying, now) : trying;
            case SearchStage.Contended sharing -> sharing.accepted();
        };
    }

    /// Where many calls are under way, many would be refused by one step too far.
    private SearchStage proven(SearchStage.Probing trying, long now) {
        evidence.disregard();
        SearchStage.Settled proven = trying.proven(now);
        int step = trying.step() * (evidence.crowded() ? 1 : STEP_GROWTH);
        int largest = Math.max(1, trying.tried().permits() / 2);
        return proven.held().permits() < most && !proven.narrowedDown()
                ? proven.raised(Math.min(step, largest), most, now)
                : proven;
    }

    private static boolean saturated(PacedLimit limit, RecentTimestamps accepted, long now) {
        return accepted.countAfter(now - limit.windowNanos()) >= SATURATED * limit.slots();
    }

    /// An answer said no to a call that was sent before the last refusal was known.
    void refusedToo(long sentAt, long now) {
        evidence.answered(sentAt, now, false);
        row.refusedToo();
    }

    /// An answer said no.
    ///
    /// @param inARow how many did, without a yes between
    void refused(long sentAt, long now, int inARow) {
        evidence.answered(sentAt, now, false);
        row.refused(sentAt, now, inARow);
        if (inARow == 1) {
            meaning = Meaning.NONE;
            restGaps = 3;
        }
        switch (stage) {
            case SearchStage.Unknown _ -> {
                if (windowKnown) {
                    explain(now);
                    meaning = Meaning.FOUND;
                }
            }
            case SearchStage.Settled _ -> {
                if (inARow == 1 && !tooYoung(now)) {
                    meaning = Meaning.SURPRISE;
                }
            }
            case SearchStage.Probing trying -> {
                boolean late = sentAt < trying.since();
                meaning = late ? Meaning.SURPRISE : Meaning.FAILED_TRY;
                failed = Optional.of(trying);
                restGaps = late
                        ? 3
                        : 2 + trying.tried().permits() - trying.safe().held().permits();
                stage = late ? trying.safe().postponed(now) : trying.failed(0, now);
            }
            case SearchStage.Contended sharing -> stage = sharing.refused();
        }
    }

    /// A row of refusals has come to its end.
    private void recovered(long now, RecentTimestamps accepted) {
        switch (stage) {
            case SearchStage.Unknown _ -> sought(now);
            case SearchStage.Settled holding -> {
                switch (meaning) {
                    case NONE -> {}
                    case FOUND -> explain(now);
                    case FAILED_TRY -> failed.ifPresent(trying -> stage = fallenBack(trying, now));
                    case SURPRISE -> surprised(holding, now, accepted);
                }
            }
            case SearchStage.Probing _ -> {}
            case SearchStage.Contended sharing -> stage = stillSharing(sharing, now);
        }
        meaning = Meaning.NONE;
    }

    private void sought(long now) {
        evidence.first(row.since(now)).ifPresentOrElse(found -> hold(found, now), evidence::disregard);
    }

    private void explain(long now) {
        evidence.likeliest().ifPresent(found -> hold(found, now));
    }

    /// What is held after a try that failed, now that every answer is there.
    private SearchStage fallenBack(SearchStage.Probing trying, long now) {
        Optional<Hypothesis> found = evidence.overAsBefore(trying.tried().window());
        SearchStage.Settled kept = trying.failed(allowed(trying, found), now);
        if (found.isEmpty() && isYoung(now)) {
            evidence.disregard();
            return SearchStage.Contended.of(kept, most);
        }
        return kept.paying(row.beyondFirst(), now);
    }

    /// What a failed try has shown to be allowed; 0 if that is not certain.
    private static int allowed(SearchStage.Probing trying, Optional<Hypothesis> found) {
        int safe = trying.safe().held().permits();
        return found.filter(each -> each.isLog()
                        ? !each.blunt()
                                && !(each.sharp()
                                        && SearchStage.near(safe, trying.tried().permits()))
                        : each.sharp() && each.sure())
                .map(each -> each.bold(safe).permits())
                .orElse(0);
    }

    private SearchStage stillSharing(SearchStage.Contended sharing, long now) {
        long judged = ALONE_WINDOWS * sharing.around().window().toNanos();
        if (tolerant || sharing.refusals() < ALONE_REFUSALS || evidence.nanos(now) < judged) {
            return sharing;
        }
        Optional<Hypothesis> found = evidence.over(sharing.around().window());
        evidence.disregard();
        return found.<SearchStage>map(alone -> sharing.alone(alone.limit(), now))
                .orElse(sharing.judged());
    }

    /// The ceiling was refused although it had been held: it has moved, or was never right, or is shared.
    private void surprised(SearchStage.Settled holding, long now, RecentTimestamps accepted) {
        Limit held = holding.held();
        // It may be a stranger's doing, under whose refusals a fixed window fits by accident.
        evidence.forgetStarts();
        Optional<Hypothesis> found = evidence.over(held.window());
        // A window under which a ceiling was once proven is not given up for what others disturb.
        if (found.isEmpty() && holding.best() == 0 && holding.surprises().size() < DISTURBED) {
            boolean first = holding.surprises().isEmpty();
            Optional<Hypothesis> other = evidence.overAnother(held.window(), first);
            if (other.isPresent()) {
                hold(other.get(), now);
                return;
            }
        }
        boolean moved = found.isEmpty() && row.length() > 1;
        SearchStage.Settled next = moved
                ? holding.puzzled(accepted.countAfter(now - held.window().toNanos()), now)
                : found.filter(each -> each.sharp() && (each.isLog() || each.sure()))
                        .map(each -> holding.eased(each.limit().permits(), now))
                        .orElseGet(() -> holding.easedALittle(found.isPresent(), now));
        boolean shared = next.shared(found.isEmpty() && isYoung(now), now);
        if (found.isEmpty() || shared) {
            evidence.disregard();
        }
        int refused = accepted.countAfter(row.lastSentAt() - held.window().toNanos());
        stage = shared
                ? SearchStage.Contended.of(next, most)
                : moved ? next.searched(Math.min(held.permits() - 1, refused), now) : next;
    }

    /// A limit seldom moves in its first minutes; strangers are there from the start. What an earlier process learned
    /// may have moved since.
    private boolean isYoung(long now) {
        return !resumed && now - bornAt < YOUNG_NANOS;
    }

    /// Whether calls from before the start may still fill a known limit.
    private boolean tooYoung(long now) {
        return most != Integer.MAX_VALUE && now - bornAt < 2 * window().toNanos();
    }

    /// How long to rest after that many refusals in a row when the server did not say.
    ///
    /// @param paced what keeps the stage's limit
    long restNanos(@Nullable PacedLimit paced, int inARow, long now) {
        if (paced == null) {
            return RefusalBackoff.seeking(evidence.windows(), evidence.usual(), row.since(now));
        }
        if (stage instanceof SearchStage.Contended) {
            return RefusalBackoff.sharing(paced, inARow);
        }
        long rest = RefusalBackoff.holding(paced, restGaps, lasting(now) ? inARow + 1 : inARow);
        if (windowIsCertain()) {
            return rest;
        }
        long longer = inARow == 1
                ? rest
                : Math.max(rest, RefusalBackoff.seeking(evidence.windows(), evidence.usual(), row.since(now)));
        return Math.max(longer, row.tooShortBefore() - row.since(now));
    }

    /// Whether a refusal isn't over after a few calls' time: what was proven has moved, as a rule, and a known limit
    /// that is refused at once is filled by calls from before.
    private boolean lasting(long now) {
        return stage instanceof SearchStage.Settled holding
                && (meaning == Meaning.SURPRISE ? holding.isProven() : tooYoung(now));
    }

    /// How long to wait between two tries of more, as it is now.
    Duration probeEvery() {
        return Duration.ofNanos(
                switch (stage) {
                    case SearchStage.Unknown _ -> 0;
                    case SearchStage.Settled holding -> holding.probes().everyNanos();
                    case SearchStage.Probing trying -> trying.safe().probes().everyNanos();
                    case SearchStage.Contended sharing ->
                        sharing.around().window().toNanos();
                });
    }
}
