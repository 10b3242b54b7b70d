package dev.tactus.gateway.config;

/// How limits are told to callers.
public enum RateLimitDialect {
    /// `RateLimit-Policy` and `RateLimit` (IETF httpapi draft 11) on every answer; refusals are problem details (RFC
    /// 9457).
    STANDARD,
    /// As a large audio platform documents its quotas: the triple and `Retry-After` on a quota's refusal, `Retry-After`
    /// alone on a spike arrest's, nothing on answers that pass.
    SONOS,
    /// `X-RateLimit-Limit`, `-Remaining` and `-Reset` (in seconds) on every answer.
    X_RATELIMIT,
    /// A bare 429 that explains nothing.
    OPAQUE
}
