/// The quota engine: limits, permits, pacing, learned ceilings, feedback from answers. It may use the JDK only.
@NullMarked
package dev.tactus.limits;

import org.jspecify.annotations.NullMarked;
