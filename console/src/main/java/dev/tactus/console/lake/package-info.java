/// The commands below lake and ledger; query, backup and restore.
@NullMarked
package dev.tactus.console.lake;

import org.jspecify.annotations.NullMarked;
