/// HTTP proxy.
///
/// It limits callers, or paces them. It may use digest, limits, settings, http, database and webhook.
@NullMarked
package dev.tactus.gateway;

import org.jspecify.annotations.NullMarked;
