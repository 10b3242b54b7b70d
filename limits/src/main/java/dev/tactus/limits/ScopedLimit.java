package dev.tactus.limits;

import java.time.Duration;
import java.util.Optional;

/// A limit and the calls it holds for.
///
/// @param scope [#TOKEN] for every call, or a path prefix such as `/v1/search`, which holds for that path and
/// all below it
/// @param limit what may be used in a window: calls, or whatever they cost
/// @param kind how the server counts
/// @param cost what a call takes of the limit, or is taken to until its answer tells
/// @param penalty how long the server refuses everything after one call too many; such a limit is kept with a margin
/// @param settled whether a call takes what its answer tells ([Feedback#withCost]); else it takes `cost`, whatever the
/// answer tells: an API's points are no calls of another limit
public record ScopedLimit(
        String scope, Limit limit, QuotaKind kind, int cost, Optional<Duration> penalty, boolean settled) {
    /// The scope that every call belongs to: a remote server counts it by access token.
    public static final String TOKEN = "token";

    public ScopedLimit {
        requireScope(scope);
        int most = switch (kind) {
            case QuotaKind.Bucket bucket -> bucket.burst();
            case QuotaKind.Spacing spacing -> 1;
            case QuotaKind.Unstated unstated -> limit.permits();
            case QuotaKind.Sliding sliding -> limit.permits();
            case QuotaKind.Counter counter -> limit.permits();
            case QuotaKind.Fixed fixed -> limit.permits();
            case QuotaKind.Calendar calendar -> limit.permits();
            case QuotaKind.FromFirst fromFirst -> limit.permits();
        };
        if (cost < 1 || cost > most) {
            throw new IllegalArgumentException("a call's cost lies between 1 and " + most + ", not " + cost);
        }
        if (kind instanceof QuotaKind.Calendar && !QuotaKind.Calendar.aligns(limit.window())) {
            throw new IllegalArgumentException("windows of a calendar are a month (1mo), a day (1d) or an equal part of"
                    + " one, such as 1h or 15m, not " + limit.window());
        }
        if (penalty.isPresent() && !penalty.get().isPositive()) {
            throw new IllegalArgumentException("a penalty must be positive, not " + penalty.get());
        }
    }

    /// A limit of calls of which nobody said how it is counted.
    public ScopedLimit(String scope, Limit limit) {
        this(scope, limit, new QuotaKind.Unstated());
    }

    /// A limit of calls.
    public ScopedLimit(String scope, Limit limit, QuotaKind kind) {
        this(scope, limit, kind, 1, Optional.empty());
    }

    /// A limit of which every call takes the same.
    public ScopedLimit(String scope, Limit limit, QuotaKind kind, int cost, Optional<Duration> penalty) {
        this(scope, limit, kind, cost, penalty, false);
    }

    /// The same limit, of which a call takes what its answer tells.
    public ScopedLimit settledByAnswers() {
        return new ScopedLimit(scope, limit, kind, cost, penalty, true);
    }

    /// How many calls the limit allows in its window.
    public Limit calls() {
        return limit.withPermits(Math.max(1, limit.permits() / cost));
    }

    /// Whether nothing is known but permits and window, so that it is kept in the strictest way, and undercut where
    /// that is refused.
    public boolean isPlain() {
        return kind instanceof QuotaKind.Unstated && cost == 1 && penalty.isEmpty() && !settled;
    }

    /// Whether a scope holds for calls to a path: [#TOKEN] for all of them, a prefix for whole segments only, so that
    /// `/v1/search` covers `/v1/search/isrc` and not `/v1/searches`.
    ///
    /// @param path without a query
    public static boolean covers(String scope, String path) {
        return scope.equals(TOKEN)
                || path.equals(scope)
                || (path.startsWith(scope) && (scope.endsWith("/") || path.charAt(scope.length()) == '/'));
    }

    static void requireScope(String scope) {
        if (!scope.equals(TOKEN) && !scope.startsWith("/")) {
            throw new IllegalArgumentException(
                    "scope \"" + scope + "\" is neither \"token\" nor a path prefix such as /v1/search");
        }
    }
}
