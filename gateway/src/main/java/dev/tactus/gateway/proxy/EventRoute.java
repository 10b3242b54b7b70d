package dev.tactus.gateway.proxy;

import dev.tactus.gateway.events.InternalSecret;
import dev.tactus.gateway.identity.RequestIdentity;

/// How requests about subscriptions reach the events' server, and how its own requests are known.
///
/// @param forward what such requests are forwarded with
/// @param poller whom requests on behalf of subscribers are counted for
/// @param secret by which both know each other
public record EventRoute(
        RuntimeConfig forward, RequestIdentity.Application poller, InternalSecret secret, String prefix) {
    /// Whether a request is about subscriptions rather than for the upstream.
    boolean covers(String target) {
        return isPublishing(target)
                || (target.startsWith(prefix)
                        && (target.length() == prefix.length()
                                || target.charAt(prefix.length()) == '/'
                                || target.charAt(prefix.length()) == '?'));
    }

    /// Whether it is an event that the upstream posts, which no application does.
    boolean isPublishing(String target) {
        return target.equals("/events");
    }
}
