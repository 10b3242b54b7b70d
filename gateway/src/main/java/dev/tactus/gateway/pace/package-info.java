/// Pace mode: requests wait in a queue until the upstream's limits let them pass.
@NullMarked
package dev.tactus.gateway.pace;

import org.jspecify.annotations.NullMarked;
