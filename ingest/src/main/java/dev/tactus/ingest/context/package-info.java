/// What all stages of a run share: its context, worker threads, the stop signal, failpoints.
@NullMarked
package dev.tactus.ingest.context;

import org.jspecify.annotations.NullMarked;
