/// One quota held by several gateways: what has been used stands in a Redis server that all of them ask.
@NullMarked
package dev.tactus.gateway.shared;

import org.jspecify.annotations.NullMarked;
