/// Proofs that ledger, lake and manifests say of one another what is true.
@NullMarked
package dev.tactus.reconcile.audit;

import org.jspecify.annotations.NullMarked;
