package dev.tactus.gateway.config;

import dev.tactus.gateway.quota.RoutePattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `events:` says: which resources may be subscribed to, and how their changes are found and delivered.
///
/// @param prefix the path of subscriptions
/// @param publishToken with which the upstream posts events itself; it can't where empty
/// @param privateAddresses whether callbacks may go to addresses that aren't public
/// @param challenge whether a callback must say that it wants events (CloudEvents' webhooks: OPTIONS)
/// @param keep how long events can be replayed
public record EventSettings(
        String prefix,
        List<Resource> resources,
        Optional<String> publishToken,
        boolean privateAddresses,
        boolean challenge,
        Duration keep) {
    /// Resources that one path names.
    ///
    /// @param path `*` is any one segment; unlike a limit's it doesn't hold for what is below it
    /// @param every how often the upstream is asked
    /// @param headers for the upstream
    /// @param open whether all applications may see the same; otherwise each is asked for with the subscriber's own
    /// credentials
    public record Resource(RoutePattern path, Duration every, Map<String, String> headers, boolean open) {
        public Resource {
            headers = Map.copyOf(headers);
        }

        /// Whether a path is one of them.
        public boolean covers(String resource) {
            List<String> wanted = path.segments();
            List<String> found = new RoutePattern(resource, java.util.Set.of()).segments();
            if (wanted.size() != found.size()) {
                return false;
            }
            for (int i = 0; i < wanted.size(); i++) {
                if (!wanted.get(i).equals("*") && !wanted.get(i).equals(found.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    public EventSettings {
        resources = List.copyOf(resources);
    }

    /// What is said of a resource.
    public Optional<Resource> resource(String path) {
        return resources.stream().filter(each -> each.covers(path)).findFirst();
    }

    @Override
    public String toString() {
        return "EventSettings[prefix=" + prefix + ", resources=" + resources + ", publishToken="
                + publishToken.map(token -> "***") + ", privateAddresses=" + privateAddresses + ", challenge="
                + challenge
                + ", keep=" + keep + "]";
    }
}
