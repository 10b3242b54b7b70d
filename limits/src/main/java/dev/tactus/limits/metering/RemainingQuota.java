package dev.tactus.limits.metering;

/// How much of one limit a key has left.
///
/// @param permits what `remaining` counts down from: N, or a token bucket's burst
/// @param remaining what a request could cost right now
/// @param nextAtNanos when `remaining` rises if nothing is charged until then, on the clock that was passed in; now if
/// nothing is used. With `remaining` at 0 this is the truthful reset: a request of cost 1 has room then
/// @param fullAtNanos when everything is free again if nothing is charged until then; now if nothing is used
public record RemainingQuota(NamedLimit limit, int permits, int remaining, long nextAtNanos, long fullAtNanos) {}
