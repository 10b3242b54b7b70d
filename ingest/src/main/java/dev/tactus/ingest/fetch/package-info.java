/// Rounds of requests: resolving ISRCs, fetching batches, on groups of workers.
@NullMarked
package dev.tactus.ingest.fetch;

import org.jspecify.annotations.NullMarked;
