/// What can go wrong with a request or a recording, and when.
@NullMarked
package dev.tactus.simulator.fault;

import org.jspecify.annotations.NullMarked;
