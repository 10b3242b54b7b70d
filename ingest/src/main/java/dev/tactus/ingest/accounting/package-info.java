/// The end of a run: publication, the ledger's account beside the lake's, alerts.
@NullMarked
package dev.tactus.ingest.accounting;

import org.jspecify.annotations.NullMarked;
