package dev.tactus.serve.events;

import dev.tactus.serve.schedule.JobRhythm;
import java.net.URI;
import java.util.Optional;

/// How people are told in a chat: in sentences, several events in one message.
///
/// @param digest when what has happened is told; at once where empty
/// @param site where the page is, for links
public record ChatSettings(Optional<JobRhythm> digest, Optional<URI> site) {}
