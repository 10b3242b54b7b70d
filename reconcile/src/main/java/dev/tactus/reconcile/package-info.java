/// API counts against report counts: what is payable, on what basis, and how final; periods that are closed for good.
/// It may use digest, music, settings, ledger and lake.
@NullMarked
package dev.tactus.reconcile;

import org.jspecify.annotations.NullMarked;
