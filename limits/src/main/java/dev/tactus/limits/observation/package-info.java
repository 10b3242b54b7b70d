/// What a pacer does, told to whoever listens: metrics, traces, the JDK's flight recorder.
@NullMarked
package dev.tactus.limits.observation;

import org.jspecify.annotations.NullMarked;
