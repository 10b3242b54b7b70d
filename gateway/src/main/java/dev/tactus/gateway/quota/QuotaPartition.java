package dev.tactus.gateway.quota;

/// Who has a quota of its own under a limit: everybody together, each application, or each token.
public enum QuotaPartition {
    ALL,
    APPLICATION,
    /// Each value of the `Authorization` field.
    TOKEN
}
