/// Connections to the upstream, their pool, and the event loops that they live on.
@NullMarked
package dev.tactus.gateway.upstream;

import org.jspecify.annotations.NullMarked;
