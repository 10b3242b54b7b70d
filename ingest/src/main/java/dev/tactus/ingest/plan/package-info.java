/// What a run will take: requests, time, deadline.
@NullMarked
package dev.tactus.ingest.plan;

import org.jspecify.annotations.NullMarked;
