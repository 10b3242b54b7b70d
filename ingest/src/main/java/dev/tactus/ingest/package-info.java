/// The pipeline: catalog file, plan, fetch, drift, landing, accounting; one run from its request to its report.
///
/// It may use digest, limits, music, source, ledger, lake and webhook.
@NullMarked
package dev.tactus.ingest;

import org.jspecify.annotations.NullMarked;
