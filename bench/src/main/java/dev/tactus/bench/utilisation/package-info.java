/// Policies that call a limited server, simulated against one another in virtual time.
@NullMarked
package dev.tactus.bench.utilisation;

import org.jspecify.annotations.NullMarked;
