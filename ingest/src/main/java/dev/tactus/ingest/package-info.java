/// The pipeline: catalog file, plan, fetch, drift, land, account.
/// It may use digest, limits, music, source, ledger and lake.
@NullMarked
package dev.tactus.ingest;

import org.jspecify.annotations.NullMarked;
