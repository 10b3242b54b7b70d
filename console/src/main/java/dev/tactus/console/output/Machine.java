package dev.tactus.console.output;

import dev.tactus.database.TransactionListener;
import dev.tactus.lake.files.DiskListener;
import java.time.InstantSource;

/// What of the machine a command is given, so that tests can set a clock back, fill up a disk or let the power fail.
///
/// @param disk is told of each step of the lake's files and of its catalog
/// @param ledger is told of each transaction of the ledger
public record Machine(InstantSource clock, DiskListener disk, TransactionListener ledger) {
    /// This machine.
    public static Machine real() {
        return with(InstantSource.system());
    }

    /// This machine with another clock.
    public static Machine with(InstantSource clock) {
        return new Machine(clock, DiskListener.none(), TransactionListener.none());
    }
}
