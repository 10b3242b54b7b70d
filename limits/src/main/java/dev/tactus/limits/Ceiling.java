package dev.tactus.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a scope holds for its limits: those configured, and the one that is learned.
///
/// With nothing configured it starts without a ceiling (seeking), finds one at the first refusal (guessing) and moves
/// it from then on (learning). A configured limit is the most that is ever used, and is undercut while a server
/// refuses it. What headers tell is taken where nothing is configured. Not thread-safe.
final class Ceiling {
    private static final long FIRST_TRY_NANOS = Duration.ofMillis(250).toNanos();

    private final List<PacedLimit> fixed = new ArrayList<>();
    private final List<Limit> configured;
    private final Optional<Limit> known;
    private final Duration assumed;
    private final long bornAt;
    private @Nullable Learner learner;
    private @Nullable WindowGuess guess;
    private Optional<Limit> lastTold = Optional.empty();

    Ceiling(List<Limit> configured, Duration assumed, long now) {
        this.configured = List.copyOf(configured);
        this.assumed = assumed;
        bornAt = now;
        List<Limit> slowestFirst = configured.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Limit::rate))
                .toList();
        known = slowestFirst.stream().findFirst();
        known.ifPresent(slowest -> learn(slowest, slowest.permits(), now));
        slowestFirst.stream().skip(1).map(PacedLimit::new).forEach(fixed::add);
    }

    /// Every limit in force. While a limit is being guessed only the pause holds calls back.
    List<PacedLimit> limits() {
        if (learner == null) {
            return fixed;
        }
        List<PacedLimit> all = new ArrayList<>(fixed);
        all.add(learner.paced());
        return all;
    }

    List<Limit> configured() {
        return configured;
    }

    Optional<Limit> inForce() {
        return learner == null ? Optional.empty() : Optional.of(learner.paced().limit());
    }

    boolean isKnown() {
        return known.isPresent();
    }

    boolean isLearned() {
        return learner != null && (known.isEmpty() || learner.moved());
    }

    /// The window that counts are taken over.
    Duration window() {
        return inForce().map(Limit::window).orElse(assumed);
    }

    /// How long stamps are kept.
    Duration horizon() {
        Duration longest = learner == null ? WindowGuess.longest(assumed) : window();
        for (PacedLimit limit : fixed) {
            longest = longest.compareTo(limit.limit().window()) < 0
                    ? limit.limit().window()
                    : longest;
        }
        return longest;
    }

    void accepted(long sentAt, long now, Stamps accepted) {
        if (guess != null && sentAt > guess.firstRefusal()) {
            guess.accepted(accepted, sentAt);
            guess.best().ifPresent(limit -> learn(limit, Integer.MAX_VALUE, now));
            guess = null;
        } else if (learner != null) {
            learner.accepted(now, accepted);
        }
    }

    void refused(long sentAt, long now, Stamps accepted, int inARow) {
        int count = accepted.countAfter(sentAt - window().toNanos());
        if (learner != null) {
            boolean tooYoung = known.isPresent() && now - bornAt < window().toNanos();
            if (!tooYoung) {
                learner.refused(sentAt, now, count, inARow);
            }
        } else if (guess != null) {
            guess.refused(accepted, sentAt);
        } else if (count > 0) {
            guess = new WindowGuess(accepted, now, assumed);
        }
    }

    /// How long to rest after that many refusals in a row when the server did not say.
    long restNanos(int inARow, long now) {
        if (learner == null) {
            long longest = guess == null
                    ? assumed.toNanos()
                    : Math.max(FIRST_TRY_NANOS * 4, guess.firstRefusal() + assumed.toNanos() - now);
            return Math.min(longest, FIRST_TRY_NANOS << Math.min(2 * (inARow - 1), 30));
        }
        long window = window().toNanos();
        return Math.min(window, Math.max(FIRST_TRY_NANOS / 5, window / 60) << Math.min(inARow - 1, 10));
    }

    /// A header told the limit.
    void told(Feedback feedback, long now) {
        if (known.isPresent()) {
            return;
        }
        Optional<Limit> told = feedback.ceiling()
                .or(() -> feedback.permits().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Limit(feedback.permits().getAsInt(), toldWindow(feedback))));
        // Only what is new: repeated with every answer, it must not undo what refusals have taught since.
        if (told.isPresent() && !told.equals(lastTold)) {
            lastTold = told;
            guess = null;
            learn(told.get(), told.get().permits(), now);
        }
    }

    private Duration toldWindow(Feedback feedback) {
        Duration rest = feedback.resetIn().orElse(Duration.ZERO);
        return rest.compareTo(window()) <= 0 ? window() : WindowGuess.covering(rest);
    }

    private void learn(Limit limit, int most, long now) {
        learner = new Learner(limit, most, limit.window().toNanos(), now);
    }

    /// What was learned turned out to be another scope's limit.
    void forget() {
        if (known.isEmpty()) {
            learner = null;
            guess = null;
        }
    }

    void restore(ScopeState.LearnedCeiling saved, long now) {
        int most = known.map(Limit::permits).orElse(Integer.MAX_VALUE);
        boolean fits = known.map(plan -> plan.window().equals(saved.limit().window())
                        && saved.limit().permits() < plan.permits())
                .orElse(true);
        if (fits) {
            learner = new Learner(saved.limit(), most, saved.probeEvery().toNanos(), now);
        }
    }

    /// The limit that paces, the slowest of all.
    Optional<PacedLimit> tightest() {
        return Optional.ofNullable(learner).map(Learner::paced);
    }

    Optional<Learner> learner() {
        return isLearned() ? Optional.ofNullable(learner) : Optional.empty();
    }
}
