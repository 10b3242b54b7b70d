/// Distributed tracing: which trace a request belongs to, and its span, sent to a collector.
@NullMarked
package dev.tactus.gateway.tracing;

import org.jspecify.annotations.NullMarked;
