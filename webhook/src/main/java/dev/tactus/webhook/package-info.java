/// Webhooks: messages delivered to a receiver's address at least once, in order per receiver, signed per Standard
/// Webhooks where it wants that, over a store that survives a restart. It may use http.
@NullMarked
package dev.tactus.webhook;

import org.jspecify.annotations.NullMarked;
