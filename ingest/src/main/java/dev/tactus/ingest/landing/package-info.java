/// What was fetched, judged item by item, on its way into chunks of the lake.
@NullMarked
package dev.tactus.ingest.landing;

import org.jspecify.annotations.NullMarked;
