/// What became of requests: counted without a lock while they pass, kept by minute, hour and day, written to the access
/// log.
@NullMarked
package dev.tactus.gateway.usage;

import org.jspecify.annotations.NullMarked;
