/// The data path: connections of clients and to the upstream, and the exchanges that pass between them.
@NullMarked
package dev.tactus.gateway.proxy;

import org.jspecify.annotations.NullMarked;
