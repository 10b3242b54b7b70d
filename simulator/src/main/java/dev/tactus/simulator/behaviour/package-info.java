/// What a behaviour file says: limits, latency, tokens, faults.
@NullMarked
package dev.tactus.simulator.behaviour;

import org.jspecify.annotations.NullMarked;
