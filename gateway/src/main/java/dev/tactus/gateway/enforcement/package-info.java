/// Enforce mode: a request passes every limit or is refused at once; headers tell the rest.
@NullMarked
package dev.tactus.gateway.enforcement;

import org.jspecify.annotations.NullMarked;
