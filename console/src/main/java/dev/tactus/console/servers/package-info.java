/// The commands that serve until they are stopped: gateway, serve and simulate.
@NullMarked
package dev.tactus.console.servers;

import org.jspecify.annotations.NullMarked;
