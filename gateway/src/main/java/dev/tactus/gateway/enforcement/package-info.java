/// Enforce mode: a request passes every limit or is refused at once, and the headers that tell clients of their
/// limits.
@NullMarked
package dev.tactus.gateway.enforcement;

import org.jspecify.annotations.NullMarked;
