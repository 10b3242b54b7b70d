/// The server's side: decides on requests of many callers and counts what each has used of its quota.
@NullMarked
package dev.tactus.limits.metering;

import org.jspecify.annotations.NullMarked;
