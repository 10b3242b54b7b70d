package dev.tactus.gateway.state;

import java.time.Instant;
import java.util.Optional;

/// How one application stands, since when, and why.
///
/// @param byHand an admin decided so; it holds until an admin decides otherwise
/// @param toldAt since when the application can know of it; empty while a notice is on the way
public record ComplianceRecord(
        String application, ComplianceStatus standing, Instant since, boolean byHand, Optional<Instant> toldAt) {

    static ComplianceRecord normal(String application) {
        return new ComplianceRecord(application, ComplianceStatus.NORMAL, Instant.EPOCH, false, Optional.empty());
    }
}
