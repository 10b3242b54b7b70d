package dev.tactus.gateway.identity;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Remembers whose the key is that came last over a connection: a client sends the same one with every request, and
/// hashing it each time took 2 % of what a request takes. Keys that nobody has are not remembered. Used on one loop
/// only.
public final class ApiKeyCache {
    private @Nullable String key;
    private @Nullable ClientAuthenticator known;
    private long version;
    private Optional<RequestIdentity.Application> owner = Optional.empty();

    /// Whose a key is.
    ///
    /// @param by who knows, which a reload replaces: then it is looked up anew
    /// @param at the version of the keys, so that one that was revoked is looked up anew, too
    /// @param lookUp finds it out
    @SuppressWarnings("ReferenceEquality") // it is about the very same configuration
    Optional<RequestIdentity.Application> owner(
            String text,
            ClientAuthenticator by,
            long at,
            Function<String, Optional<RequestIdentity.Application>> lookUp) {
        if (known == by && version == at && text.equals(key)) {
            return owner;
        }
        Optional<RequestIdentity.Application> found = lookUp.apply(text);
        if (found.isPresent()) {
            owner = found;
            key = text;
            known = by;
            version = at;
        }
        return found;
    }
}
