package dev.tactus.gateway.state;

import java.time.Instant;

/// A change of an application's standing, or a pardon, as it was recorded.
///
/// @param who the admin's name, or [#RULE]
/// @param reason for a person, with the figures where the rule decided
public record StandingChange(
        String application,
        Instant at,
        Action action,
        ComplianceStatus before,
        ComplianceStatus after,
        String who,
        String reason) {
    /// Who decided, where nobody did.
    public static final String RULE = "rule";

    /// What was done.
    public enum Action {
        NOTICE,
        RESTRICT,
        REVOKE,
        RESTORE,
        PARDON
    }
}
