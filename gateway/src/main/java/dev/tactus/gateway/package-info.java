/// HTTP proxy.
///
/// It limits callers, or paces them. It may use digest, limits, settings, http, sqlite and webhook.
@NullMarked
package dev.tactus.gateway;

import org.jspecify.annotations.NullMarked;
