package dev.tactus.limits.pacing;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.InFlightLimit;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/// Every scope of one pacer and the rules between them: no threads, no clock, only moments passed in.
///
/// A call is charged to all its scopes or to none. Nanoseconds from the pacer's start. Not thread-safe.
final class PacerCore {

    /// The answer to "may one more call of this class go now?".
    sealed interface Decision {

        /// It may.
        record Go() implements Decision {}

        /// Not before then; [PacedLimit#NEVER]: not before an answer has come.
        record NotBefore(long nanos) implements Decision {}

        /// The scope rests for longer than callers wait.
        record Resting(Scope scope) implements Decision {}
    }

    /// A call that was granted and has not ended.
    record Call(PathClass kind, long sentAt) {}

    private final PacerSettings settings;
    private final RefusalAttribution blame = new RefusalAttribution();
    private final Map<String, Scope> scopes = new LinkedHashMap<>();
    private final Map<String, PathClass> classes = new LinkedHashMap<>();

    PacerCore(PacerSettings settings, long now) {
        this(settings, now, Instant.EPOCH::plusNanos);
    }

    /// @param calendar the moment on the calendar, of nanoseconds
    PacerCore(PacerSettings settings, long now, LongFunction<Instant> calendar) {
        this.settings = settings;
        Set<String> distinct = new LinkedHashSet<>(settings.paths());
        settings.known().forEach(limit -> distinct.add(limit.scope()));
        settings.inFlight().forEach(limit -> distinct.add(limit.scope()));
        distinct.remove(ScopedLimit.TOKEN);
        List<String> names = new ArrayList<>(distinct);
        names.sort(Comparator.comparingInt(String::length).thenComparing(Function.identity()));
        names.addFirst(ScopedLimit.TOKEN);
        for (String name : names) {
            ScopeLimits limits = ScopeLimits.of(name, settings.known(), settings.inFlight());
            scopes.put(name, new Scope(name, limits, settings, now, calendar));
        }
        for (String name : scopes.keySet()) {
            List<Scope> charged = scopes.values().stream()
                    .filter(scope -> ScopedLimit.covers(scope.name(), name))
                    .toList();
            classes.put(name, new PathClass(name, charged));
        }
    }

    /// The class that calls to this path belong to.
    PathClass classOf(String path) {
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        Scope narrowest = scopes.values().stream()
                .filter(scope -> ScopedLimit.covers(scope.name(), bare))
                .reduce((wider, narrower) -> narrower)
                .orElseThrow();
        return classes.getOrDefault(
                narrowest.name(), classes.values().iterator().next());
    }

    /// Puts other configured limits in the place of those there were.
    void change(List<ScopedLimit> known, List<InFlightLimit> inFlight, long now) {
        Stream.concat(known.stream().map(ScopedLimit::scope), inFlight.stream().map(InFlightLimit::scope))
                .filter(scope -> !scopes.containsKey(scope))
                .findFirst()
                .ifPresent(strange -> {
                    throw new IllegalArgumentException(
                            "scope \"" + strange + "\" is none of this pacer's: " + String.join(", ", scopes.keySet()));
                });
        for (Scope scope : scopes.values()) {
            scope.configure(ScopeLimits.of(scope.name(), known, inFlight), now);
        }
    }

    Decision decide(PathClass kind, long now) {
        boolean paced = kind.paced();
        long earliest = now;
        for (Scope scope : kind.scopes()) {
            scope.advance(now);
            if (scope.pause().until() - settings.longestWait().toNanos() > now) {
                return new Decision.Resting(scope);
            }
            earliest = Math.max(earliest, scope.earliest(paced, now));
        }
        return earliest <= now ? new Decision.Go() : new Decision.NotBefore(earliest);
    }

    /// Charges a call that [#decide] let go at this very moment.
    Call send(PathClass kind, long now) {
        kind.scopes().forEach(scope -> scope.sent(now));
        return new Call(kind, now);
    }

    void end(Call call, Permit.Outcome outcome, long now) {
        call.kind().scopes().forEach(scope -> scope.advance(now));
        switch (outcome) {
            case Permit.Outcome.Answered(Feedback feedback) -> answered(call, feedback, now);
            case Permit.Outcome.Lost() -> {
                long until = now + settings.lostMargin().toNanos();
                call.kind().scopes().forEach(scope -> scope.lost(until));
            }
            case Permit.Outcome.Unused() -> call.kind().scopes().forEach(Scope::unused);
        }
    }

    private void answered(Call call, Feedback feedback, long now) {
        Scope named = namedBy(call, feedback, now);
        for (Scope scope : call.kind().scopes()) {
            switch (feedback.verdict()) {
                case ACCEPTED ->
                    scope.accepted(call.sentAt(), now, feedback.details().cost());
                case SILENT -> scope.passedOver(now);
                case REFUSED -> {
                    if (scope == named) {
                        scope.refused(call.sentAt(), now, feedback);
                    } else {
                        scope.passedOver(now);
                    }
                }
                case DOUBTFUL -> {
                    if (scope == named) {
                        scope.doubted(call.sentAt(), now);
                    } else {
                        scope.passedOver(now);
                    }
                }
            }
        }
        named.ceiling().advertised(feedback, now);
        if (!feedback.throttled() && feedback.remaining().orElse(1) == 0) {
            feedback.resetIn().ifPresent(rest -> named.exhausted(now, rest.toNanos()));
        }
    }

    /// The scope an answer's headers speak of: the one with just that many permits, else the one a refusal is blamed
    /// on.
    private Scope namedBy(Call call, Feedback feedback, long now) {
        List<Scope> scopes = call.kind().scopes();
        for (Scope scope : scopes) {
            if (feedback.permits().isPresent()
                    && scope.ceiling().inForce().map(Limit::permits).orElse(0)
                            == feedback.permits().getAsInt()) {
                return scope;
            }
        }
        return switch (feedback.verdict()) {
            case REFUSED, DOUBTFUL -> blame.of(call, now);
            case ACCEPTED, SILENT -> call.kind().narrowest();
        };
    }

    List<Scope> scopes() {
        return List.copyOf(scopes.values());
    }
}
