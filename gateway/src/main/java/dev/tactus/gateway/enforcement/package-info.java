/// Enforce mode: a request passes every limit or is refused at once.
@NullMarked
package dev.tactus.gateway.enforcement;

import org.jspecify.annotations.NullMarked;
