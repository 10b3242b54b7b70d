/// What commands share: their options, their errors, and the ledger and lake they open.
@NullMarked
package dev.tactus.console.command;

import org.jspecify.annotations.NullMarked;
