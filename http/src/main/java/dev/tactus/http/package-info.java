/// Outgoing HTTP: one request over one connection pool, never repeated or redirected unasked, and the pauses between
/// attempts. It may use the JDK and Apache HttpClient.
@NullMarked
package dev.tactus.http;

import org.jspecify.annotations.NullMarked;
