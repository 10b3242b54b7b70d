/// A pacer's meters for Micrometer.
@NullMarked
package dev.tactus.limits.micrometer;

import org.jspecify.annotations.NullMarked;
