/// How many calls may be under way at once and in a window, so that a server that counts in an unknown way refuses
/// none.
@NullMarked
package dev.tactus.limits.leases;

import org.jspecify.annotations.NullMarked;
