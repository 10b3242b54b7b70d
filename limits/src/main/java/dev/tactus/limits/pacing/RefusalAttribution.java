package dev.tactus.limits.pacing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides which of a call's scopes a refusal is blamed on. A server doesn't say.
///
/// 1. A scope that was refused and has accepted nothing since; of several the latest: this is the same story.
/// 2. A scope whose ceiling is nearly used up (90 %); of several the fullest.
/// 3. Otherwise one whose ceiling is unknown, or was only just guessed: the narrowest. But the token, if it stood at
///    about as many accepted calls when another class was refused: two classes refused at the same total have the
///    total in common.
/// 4. Otherwise the fullest.
///
/// A wrong guess is found out by the next class that is refused, and probing makes up for it. Not thread-safe.
final class RefusalAttribution {
    private static final double NEARLY = 0.9;

    private int suspectedTotal;
    private @Nullable Scope suspect;

    Scope of(PacerCore.Call call, long now) {
        List<Scope> scopes = call.kind().scopes();
        Optional<Scope> resting = scopes.stream()
                .filter(scope -> scope.pause().halfOpen())
                .max(Comparator.comparingLong(scope -> scope.pause().refusedAt()));
        if (resting.isPresent()) {
            return resting.get();
        }
        Scope fullest = scopes.stream()
                .max(Comparator.comparingDouble(scope -> scope.fullness(now)))
                .orElseThrow();
        if (scopes.size() == 1 || fullest.fullness(now) >= NEARLY) {
            return fullest;
        }
        List<Scope> unknown =
                scopes.stream().filter(scope -> !scope.ceiling().isCertain()).toList();
        if (unknown.isEmpty()) {
            return fullest;
        }
        Scope token = scopes.getFirst();
        if (unknown.size() == 1 || !unknown.contains(token)) {
            return unknown.getLast();
        }
        return sameTotalAsBefore(token, call.kind().narrowest(), now) ? token : unknown.getLast();
    }

    private boolean sameTotalAsBefore(Scope token, Scope narrowest, long now) {
        int total = token.acceptedIn(now);
        Scope before = suspect;
        boolean again = before != null
                && before != narrowest
                && total >= suspectedTotal * NEARLY
                && total * NEARLY <= suspectedTotal;
        if (before != null && again) {
            before.ceiling().forget(now);
        }
        suspectedTotal = total;
        suspect = again ? null : narrowest;
        return again;
    }
}
