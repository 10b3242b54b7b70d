/// Work and quota that processes share through the ledger: this process' lease, the permits it asks for, and the pacer
/// that it runs where it owns the quota.
@NullMarked
package dev.tactus.ingest.share;

import org.jspecify.annotations.NullMarked;
