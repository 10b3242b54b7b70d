package dev.tactus.serve.events;

import dev.tactus.serve.schedule.JobRhythm;
import java.net.URI;
import java.util.Optional;

/// How people are told, in a chat or by mail: in sentences, several events in one message.
///
/// @param digest when what has happened is told; at once where empty
/// @param site where the page is, for links
/// @param mail what takes it to them; a chat's webhook where empty
public record ChatSettings(Optional<JobRhythm> digest, Optional<URI> site, Optional<MailServer> mail) {
    /// In a chat.
    public ChatSettings(Optional<JobRhythm> digest, Optional<URI> site) {
        this(digest, site, Optional.empty());
    }
}
