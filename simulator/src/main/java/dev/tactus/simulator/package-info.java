/// A DSP with real limits and real faults, for demos and tests.
/// It may use limits, music and settings.
@NullMarked
package dev.tactus.simulator;

import org.jspecify.annotations.NullMarked;
