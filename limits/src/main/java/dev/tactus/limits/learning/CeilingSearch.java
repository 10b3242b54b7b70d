package dev.tactus.limits.learning;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.leases.PacedLimit;
import dev.tactus.limits.leases.RecentTimestamps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The search for a ceiling that a server doesn't state: a machine whose states and transitions are in [SearchStage].
///
/// A limit that is known is the most that is ever held, and is undercut while the server refuses it. Not thread-safe.
final class CeilingSearch {
    private final boolean windowKnown;
    private final boolean tolerant;
    private final int most;
    private final long bornAt;
    private final LimitEvidence evidence;
    private final RefusalStreak row = new RefusalStreak();
    private SearchStage stage = new SearchStage.Unknown();
    private long youngUntil;
    /// A quicker limit that is kept beside the stage's; what is refused is the stage's.
    private Optional<Limit> beside = Optional.empty();
    /// What headers state; [Integer#MAX_VALUE] where they don't.
    private int stated = Integer.MAX_VALUE;

    CeilingSearch(Optional<Limit> known, PacerSettings settings, long now) {
        bornAt = now;
        youngUntil = now + Tunables.YOUNG_NANOS;
        most = known.map(Limit::permits).orElse(Integer.MAX_VALUE);
        windowKnown = known.isPresent() || settings.windowKnown();
        Duration usual = settings.assumedWindow();
        evidence = new LimitEvidence(
                windowKnown ? List.of(known.map(Limit::window).orElse(usual)) : LimitEvidence.USUAL_WINDOWS, usual);
        tolerant = known.isPresent() && settings.tolerated() > 0;
        known.ifPresent(limit -> stage =
                tolerant ? ContendedCeiling.tolerant(limit, settings.tolerated()) : SettledCeiling.found(limit, now));
    }

    SearchStage stage() {
        return stage;
    }

    /// The most that may ever be held; [Integer#MAX_VALUE] if nothing is known.
    int most() {
        return most;
    }

    /// Whether a refusal now and then is expected.
    boolean tolerates() {
        return tolerant;
    }

    /// The window that counts are taken over.
    Duration window() {
        return stage.limit().map(Limit::window).orElse(evidence.usual());
    }

    /// A limit that is kept, too.
    Optional<Limit> beside() {
        return beside;
    }

    /// Whether that window is more than a guess.
    boolean windowIsCertain() {
        return windowKnown || stage.hasProvenWindow();
    }

    /// Whether a ceiling over that window may be the one that is looked for.
    boolean considers(Limit limit) {
        return evidence.windows().contains(limit.window()) && limit.permits() < most;
    }

    /// Goes on from a limit that the server has stated.
    void hold(Limit limit, long now) {
        evidence.forgetStarts();
        stated = limit.permits();
        beside = Optional.empty();
        stage = SettledCeiling.found(limit, now);
    }

    /// Whether headers state it.
    boolean isStated(Limit limit) {
        return stated == limit.permits();
    }

    private int highest() {
        return Math.min(most, stated);
    }

    /// Goes on where an earlier process ended.
    void resume(Limit limit, ProbeSchedule probes) {
        stage = SettledCeiling.restored(limit, probes);
        // What that process learned may have moved since.
        youngUntil = Long.MIN_VALUE;
    }

    /// What was found belonged to something else.
    void startAnew() {
        stage = new SearchStage.Unknown();
        beside = Optional.empty();
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
            stage = recovered(now, accepted);
        } else if (paced != null && isUsedUp(paced, accepted, now)) {
            stage = usedUp(paced.windowNanos(), now);
        }
    }

    private static boolean isUsedUp(PacedLimit limit, RecentTimestamps accepted, long now) {
        return accepted.countAfter(now - limit.windowNanos()) >= Tunables.SATURATED * limit.slots();
    }

    /// What follows where all that is allowed was used and accepted.
    private SearchStage usedUp(long windowNanos, long now) {
        return switch (stage) {
            case SearchStage.Unknown unknown -> unknown;
            case SettledCeiling settled ->
                settled.held().permits() < highest() && settled.probes().due(now)
                        ? settled.probed(highest(), evidence.crowded(), now)
                        : settled;
            case SearchStage.Pending pending -> pending;
            case ProbedCeiling probe ->
                now - probe.since() >= evidence.proofNanos(windowNanos) ? proven(probe, now) : probe;
            case ContendedCeiling contended -> contended.accepted();
        };
    }

    /// Where many calls are under way, many would be refused by one step too far.
    private SearchStage proven(ProbedCeiling probe, long now) {
        evidence.disregard();
        SettledCeiling proven = probe.proven(now);
        int step = probe.step() * (evidence.crowded() ? 1 : Tunables.STEP_GROWTH);
        int largest = Math.max(1, probe.tried().permits() / 2);
        return proven.held().permits() < highest() && !proven.isNarrowedDown()
                ? proven.probed(Math.min(step, largest), highest(), now)
                : proven;
    }

    /// An answer said no to a call that was sent before the last refusal was known.
    void refusedToo(long sentAt, long now) {
        evidence.answered(sentAt, now, false);
        row.refusedToo();
    }

    /// An answer said no.
    ///
    /// @param inARow how many did, without a yes between
    void refused(long sentAt, long now, int inARow, RecentTimestamps accepted) {
        evidence.answered(sentAt, now, false);
        row.refused(sentAt, now, inARow);
        stage = switch (stage) {
            case SearchStage.Unknown unknown ->
                windowKnown
                        ? evidence.likeliest()
                                .<SearchStage>map(found -> new SearchStage.Provisional(settled(found, now)))
                                .orElse(unknown)
                        : unknown;
            case SettledCeiling settled -> inARow == 1 && !isTooYoung(now) ? new SearchStage.Refused(settled) : settled;
            case SearchStage.Pending pending -> pending;
            case ProbedCeiling probe -> probe.refused(sentAt, now);
            case ContendedCeiling contended -> contended.refused(countAt(sentAt, accepted));
        };
    }

    /// Calls of this program that counted when that one was sent.
    private int countAt(long sentAt, RecentTimestamps accepted) {
        return accepted.countAfter(sentAt - window().toNanos()) - accepted.countAfter(sentAt);
    }

    /// What follows where a row of refusals has come to its end.
    private SearchStage recovered(long now, RecentTimestamps accepted) {
        return switch (stage) {
            case SearchStage.Unknown unknown -> sought(unknown, now);
            case SettledCeiling settled -> settled;
            case SearchStage.Provisional(SettledCeiling kept) ->
                evidence.likeliest().map(found -> settled(found, now)).orElse(kept);
            case SearchStage.Refused(SettledCeiling kept) -> refuted(kept, now, accepted);
            case SearchStage.FailedProbe failed -> fallenBack(failed.probe(), now);
            case ProbedCeiling probe -> probe;
            case ContendedCeiling contended -> judged(contended, now);
        };
    }

    private SettledCeiling settled(Hypothesis found, long now) {
        evidence.believe(found);
        return SettledCeiling.found(found.bold(1), now);
    }

    private SearchStage sought(SearchStage.Unknown unknown, long now) {
        Optional<Hypothesis> found = evidence.first(row.since(now));
        if (found.isEmpty()) {
            evidence.disregard();
            return unknown;
        }
        return settled(found.get(), now);
    }

    /// What is held after a probe that failed, now that every answer is there.
    private SearchStage fallenBack(ProbedCeiling probe, long now) {
        Optional<Hypothesis> found = evidence.overAsBefore(probe.tried().window());
        SettledCeiling kept = probe.failed(allowed(probe, found), now);
        if (found.isEmpty() && isYoung(now)) {
            evidence.disregard();
            return ContendedCeiling.of(kept, kept.held().permits(), highest());
        }
        return kept.with(kept.probes().paying(row.beyondFirst(), now));
    }

    /// What a failed probe has shown to be allowed; 0 if that is not certain.
    private static int allowed(ProbedCeiling probe, Optional<Hypothesis> found) {
        int safe = probe.fallback().held().permits();
        return found.filter(each -> each.isLog()
                        ? !each.blunt()
                                && !(each.sharp()
                                        && SettledCeiling.isNear(
                                                safe, probe.tried().permits()))
                        : each.sharp() && each.sure())
                .map(each -> each.bold(safe).permits())
                .orElse(0);
    }

    private SearchStage judged(ContendedCeiling contended, long now) {
        long since = Tunables.ALONE_WINDOWS * contended.around().window().toNanos();
        if (tolerant || contended.refusals() < Tunables.ALONE_REFUSALS || evidence.nanos(now) < since) {
            return contended;
        }
        Optional<Hypothesis> found = evidence.over(contended.around().window())
                .filter(alone -> isUnknown() || alone.limit().permits() >= Tunables.NEARLY_ALL * most);
        evidence.disregard();
        return found.<SearchStage>map(alone -> contended.alone(alone.limit(), now))
                .orElse(contended.judged());
    }

    /// What follows where a ceiling was refused although it had been held.
    private SearchStage refuted(SettledCeiling settled, long now, RecentTimestamps accepted) {
        Limit held = settled.held();
        // Another program may have caused it, under whose refusals a fixed window fits by accident.
        evidence.forgetStarts();
        Optional<Hypothesis> found = evidence.over(held.window());
        // A window under which a ceiling was once proven is not given up for what others disturb.
        if (found.isEmpty()) {
            boolean open = !settled.hasProvenWindow() && settled.unprovoked().size() < Tunables.DISTURBED;
            boolean first = settled.unprovoked().isEmpty();
            Optional<Hypothesis> other = open ? evidence.overAnother(held.window(), first) : Optional.empty();
            if (other.isPresent()) {
                return settled(other.get(), now);
            }
            Optional<Hypothesis> second = !windowKnown && beside.isEmpty() && row.length() > 1
                    ? evidence.beside(held.window(), row.firstSentAt())
                    : Optional.empty();
            if (second.isPresent()) {
                return both(settled, second.get(), now);
            }
            Optional<Hypothesis> odd = open ? evidence.fitted() : Optional.empty();
            if (odd.isPresent()) {
                return settled(odd.get(), now);
            }
        }
        if (isOthers(held, accepted)) {
            evidence.disregard();
            return ContendedCeiling.of(settled, left(settled, accepted), highest());
        }
        boolean moved = found.isEmpty() && row.length() > 1;
        SettledCeiling next = moved
                ? settled.movedTo(accepted.countAfter(now - held.window().toNanos()), now)
                : found.filter(each -> each.sharp() && (each.isLog() || each.sure()))
                        .map(each -> settled.backedOffTo(each.limit().permits(), now))
                        .orElseGet(() -> settled.backedOff(found.isPresent(), now));
        boolean contended = next.isContended(found.isEmpty() && isYoung(now), now);
        if (found.isEmpty() || contended) {
            evidence.disregard();
        }
        if (contended) {
            return ContendedCeiling.of(next, left(next, accepted), highest());
        }
        int refused = accepted.countAfter(row.lastSentAt() - held.window().toNanos());
        return moved ? next.probedTo(Math.min(held.permits() - 1, refused), now) : next;
    }

    /// Whether others must have used what was refused: the limit is known, and far from used up by this program.
    private boolean isOthers(Limit held, RecentTimestamps accepted) {
        int count = countAt(row.firstSentAt(), accepted);
        return !isUnknown()
                && held.window().toNanos() > Tunables.SHORT_WINDOW_NANOS
                && count < Tunables.SATURATED * held.permits();
    }

    private boolean isUnknown() {
        return most == Integer.MAX_VALUE;
    }

    /// What others leave at present: what was accepted in the window that ended with the first refusal, if as many were
    /// sent as is kept; else all that is kept. Who knows the limit is sure that others are there.
    private int left(SettledCeiling kept, RecentTimestamps accepted) {
        long window = kept.held().window().toNanos();
        int after = accepted.countAfter(row.firstSentAt());
        int count = accepted.countAfter(row.firstSentAt() - window) - after;
        if (count == 0) {
            return kept.held().permits();
        }
        long since = row.firstSentAt() - accepted.newest(after + count);
        boolean saturated =
                count >= Tunables.SATURATED * since / window * kept.held().permits();
        if (saturated || (most != Integer.MAX_VALUE && window > Tunables.SHORT_WINDOW_NANOS)) {
            int part = Math.max(count, kept.held().permits() / Tunables.MOST_SHARERS);
            // Who has just rested finds little, who was quick finds much: half-way to a usual part.
            return isUnknown()
                    ? part
                    : (int) Math.sqrt(part * (double) kept.held().permits() / Tunables.USUAL_SHARERS);
        }
        return kept.held().permits();
    }

    /// Two limits hold: the slower is looked after, the quicker kept beside it.
    private SearchStage both(SettledCeiling held, Hypothesis second, long now) {
        Limit old = held.held();
        boolean slower = second.limit().rate() < old.rate();
        beside = Optional.of(slower ? old : second.limit());
        if (!slower) {
            return held.with(held.probes().again(now));
        }
        evidence.disregard();
        return SettledCeiling.found(second.limit(), now);
    }

    /// A limit seldom moves in its first minutes; other programs are there from the start.
    private boolean isYoung(long now) {
        return now < youngUntil;
    }

    /// Whether calls from before the start may still fill a known limit.
    private boolean isTooYoung(long now) {
        return most != Integer.MAX_VALUE && now - bornAt < Tunables.YOUNG_WINDOWS * window().toNanos();
    }

    /// How long to rest after that many refusals in a row when the server did not say.
    ///
    /// @param paced what keeps the stage's limit
    long restNanos(@Nullable PacedLimit paced, int inARow, long now) {
        if (paced == null) {
            return RefusalBackoff.seeking(evidence.windows(), evidence.usual(), row.since(now));
        }
        if (stage instanceof ContendedCeiling) {
            return RefusalBackoff.sharing(paced, inARow);
        }
        int gaps = stage instanceof SearchStage.FailedProbe failed ? failed.restGaps() : Tunables.REST_GAPS;
        long rest = RefusalBackoff.holding(paced, gaps, isLasting(now) ? inARow + 1 : inARow);
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
    private boolean isLasting(long now) {
        return stage instanceof SearchStage.Refused(SettledCeiling kept) ? kept.isProven() : isTooYoung(now);
    }

    /// How long to wait between two probes, as it is now.
    Duration probeEvery() {
        return Duration.ofNanos(
                switch (stage) {
                    case SearchStage.Unknown unknown -> 0;
                    case SettledCeiling settled -> settled.probes().everyNanos();
                    case SearchStage.Pending pending -> pending.kept().probes().everyNanos();
                    case ProbedCeiling probe -> probe.fallback().probes().everyNanos();
                    case ContendedCeiling contended ->
                        contended.around().window().toNanos();
                });
    }
}
