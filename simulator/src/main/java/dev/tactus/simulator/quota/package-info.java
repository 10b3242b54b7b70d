/// The limits that the simulated service keeps, how it tells of them, and how each client used them.
@NullMarked
package dev.tactus.simulator.quota;

import org.jspecify.annotations.NullMarked;
