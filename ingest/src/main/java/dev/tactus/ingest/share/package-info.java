/// Work and quota that processes share through the ledger: this process' lease, the permits that it asks
/// for, the pacer that it runs as the quota's owner.
@NullMarked
package dev.tactus.ingest.share;

import org.jspecify.annotations.NullMarked;
