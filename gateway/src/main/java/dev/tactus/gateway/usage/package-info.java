/// What became of requests: counted without a lock while they pass, and kept by minute, hour and day.
@NullMarked
package dev.tactus.gateway.usage;

import org.jspecify.annotations.NullMarked;
