package dev.tactus.gateway.config;

import dev.tactus.gateway.quota.LimitSettings;
import java.util.List;

/// What becomes of callers that are none of the applications.
public sealed interface UnknownApplications {
    /// They are answered 401.
    record Rejected() implements UnknownApplications {}

    /// Each is held to these limits: the common ones with those said here put over them.
    record Limited(List<LimitSettings> limits) implements UnknownApplications {
        public Limited {
            limits = List.copyOf(limits);
        }
    }
}
