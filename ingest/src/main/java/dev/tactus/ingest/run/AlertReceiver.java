package dev.tactus.ingest.run;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// Who receives alerts about a run. The address is a secret: whoever knows it can post.
///
/// @param receiver a stable name that holds no secret, for the outbox and messages
/// @param on the kinds it receives
public record AlertReceiver(String receiver, URI url, Set<AlertKind> on) {
    /// What a message is about.
    public enum AlertKind {
        DRIFT,
        DEAD_LETTER,
        INCOMPLETE,
        DEADLINE;

        /// The name in files: lower case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AlertReceiver {
        on = Set.copyOf(on);
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException("the webhook " + receiver + " is not an http or https address");
        }
    }

    @Override
    public String toString() {
        return "Webhook[" + receiver + ", " + on + "]";
    }
}
