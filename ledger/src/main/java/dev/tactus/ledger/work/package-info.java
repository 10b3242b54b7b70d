/// Work that processes share: who works, what each has claimed, and who owns the quota of a credential.
@NullMarked
package dev.tactus.ledger.work;

import org.jspecify.annotations.NullMarked;
