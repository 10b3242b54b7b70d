/// The commands that serve until they are stopped: gateway and simulate.
@NullMarked
package dev.tactus.console.servers;

import org.jspecify.annotations.NullMarked;
