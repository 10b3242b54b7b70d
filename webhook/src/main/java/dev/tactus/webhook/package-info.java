/// Webhooks: messages delivered at least once, in order per receiver, signed per Standard Webhooks where asked.
///
/// It may use http; what must survive a restart is kept by whoever sends.
@NullMarked
package dev.tactus.webhook;

import org.jspecify.annotations.NullMarked;
