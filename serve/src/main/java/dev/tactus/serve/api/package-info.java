/// What programs ask: the lists as JSON, the document that describes them, and figures for Prometheus.
@NullMarked
package dev.tactus.serve.api;

import org.jspecify.annotations.NullMarked;
