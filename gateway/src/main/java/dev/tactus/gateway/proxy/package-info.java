/// The data path: client connections and exchanges.
@NullMarked
package dev.tactus.gateway.proxy;

import org.jspecify.annotations.NullMarked;
