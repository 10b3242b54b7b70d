package dev.tactus.gateway;

import java.time.Instant;

/// A change of an application's standing, or a pardon, as it was recorded.
///
/// @param who the admin's name, or [#RULE]
/// @param reason for a person, with the figures where the rule decided
record Step(String application, Instant at, Action action, Standing before, Standing after, String who, String reason) {
    /// Who decided, where nobody did.
    static final String RULE = "rule";

    /// What was done.
    enum Action {
        NOTICE,
        RESTRICT,
        REVOKE,
        RESTORE,
        PARDON
    }
}
