package dev.tactus.gateway;

/// What the gateway does with a request beyond the limits: refuse it, or let it wait its turn.
public enum Mode {
    ENFORCE,
    PACE
}
