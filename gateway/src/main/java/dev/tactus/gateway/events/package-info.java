/// Events in place of polling: subscriptions, the resources polled for subscribers, and the delivery of changes.
@NullMarked
package dev.tactus.gateway.events;

import org.jspecify.annotations.NullMarked;
