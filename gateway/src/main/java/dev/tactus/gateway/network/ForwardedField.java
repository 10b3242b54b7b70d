package dev.tactus.gateway.network;

/// The one field in which trusted proxies say whom they saw. A proxy that writes one of them often passes a caller's
/// other one through as it came, so only one can be believed.
public enum ForwardedField {
    X_FORWARDED_FOR,
    /// RFC 7239.
    FORWARDED
}
