/// Events in place of polling: subscriptions, the resources that are asked for on behalf of their subscribers, and
/// the delivery of what has changed.
@NullMarked
package dev.tactus.gateway.events;

import org.jspecify.annotations.NullMarked;
