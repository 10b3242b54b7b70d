/// The client's side: who wants to call a limited server waits here, first come first served, until it may.
@NullMarked
package dev.tactus.limits.pacing;

import org.jspecify.annotations.NullMarked;
