package dev.tactus.music;

import org.jspecify.annotations.Nullable;

/// An artist a track is credited to.
///
/// @param id the service's own, absent where it gives none
/// @param name as the service writes it
public record Artist(@Nullable String id, String name) {}
