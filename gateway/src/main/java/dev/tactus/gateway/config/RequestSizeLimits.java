package dev.tactus.gateway.config;

/// How large requests may be, in bytes.
///
/// @param requestLine method, target and version
/// @param headers all header fields together; those of the upstream's answers too
/// @param body of a request; [#UNLIMITED] by default, since bodies are never held
public record RequestSizeLimits(int requestLine, int headers, long body) {
    public static final long UNLIMITED = Long.MAX_VALUE;
    public static final RequestSizeLimits DEFAULTS = new RequestSizeLimits(8 * 1024, 32 * 1024, UNLIMITED);
}
