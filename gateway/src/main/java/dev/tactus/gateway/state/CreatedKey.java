package dev.tactus.gateway.state;

import dev.tactus.digest.Sha256;
import java.time.Instant;
import java.util.Optional;

/// A key that was made through the admin address; the key itself is kept nowhere.
///
/// @param id by which it is listed and taken back
/// @param endsAt from when it is worth nothing; never where empty
public record CreatedKey(String id, String application, Sha256 digest, Instant createdAt, Optional<Instant> endsAt) {}
