/// The network around the gateway, as configured: addresses, proxies in front, upstreams behind, certificates,
/// timeouts.
@NullMarked
package dev.tactus.gateway.network;

import org.jspecify.annotations.NullMarked;
