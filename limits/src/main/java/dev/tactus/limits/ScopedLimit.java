package dev.tactus.limits;

/// A limit and the calls it holds for.
///
/// @param scope [#TOKEN] for every call, or a path prefix such as `/v1/search`, which holds for that path and
/// all below it
public record ScopedLimit(String scope, Limit limit) {
    /// The scope that every call belongs to: a remote server counts it by access token.
    public static final String TOKEN = "token";

    public ScopedLimit {
        requireScope(scope);
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
