/// Figures for Prometheus.
@NullMarked
package dev.tactus.gateway.metrics;

import org.jspecify.annotations.NullMarked;
