/// The data path: client connections and exchanges with the upstream.
@NullMarked
package dev.tactus.gateway.proxy;

import org.jspecify.annotations.NullMarked;
