/// The data path: connections of clients, and the exchanges that pass between them and the upstream.
@NullMarked
package dev.tactus.gateway.proxy;

import org.jspecify.annotations.NullMarked;
