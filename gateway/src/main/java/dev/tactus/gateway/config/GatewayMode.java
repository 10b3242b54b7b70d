package dev.tactus.gateway.config;

/// What the gateway does with a request beyond the limits: refuse it, or let it wait its turn.
public enum GatewayMode {
    ENFORCE,
    PACE
}
