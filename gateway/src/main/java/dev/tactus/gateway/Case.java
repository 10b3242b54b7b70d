package dev.tactus.gateway;

import java.time.Instant;
import java.util.Optional;

/// How one application stands, since when, and why.
///
/// @param byHand an admin decided so; it holds until an admin decides otherwise
/// @param toldAt since when the application can know of it; empty while a notice is on the way
record Case(String application, Standing standing, Instant since, boolean byHand, Optional<Instant> toldAt) {

    static Case normal(String application) {
        return new Case(application, Standing.NORMAL, Instant.EPOCH, false, Optional.empty());
    }
}
