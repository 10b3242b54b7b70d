/// Which application a request comes from.
@NullMarked
package dev.tactus.gateway.identity;

import org.jspecify.annotations.NullMarked;
