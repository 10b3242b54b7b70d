package dev.tactus.ledger.work;

import java.util.Optional;

/// A permit that a worker has asked for.
///
/// @param number among those of the worker
/// @param path of the call
/// @param granted whether the call may be under way, or has ended
/// @param refused why it was not granted: nobody may call for longer than callers wait
/// @param outcome how the call ended, as the worker says; empty while it is under way
/// @param alive whether the worker lives
public record PermitRecord(
        long worker,
        long number,
        String path,
        boolean granted,
        Optional<String> refused,
        Optional<String> outcome,
        boolean alive) {
    public PermitKey key() {
        return new PermitKey(worker, number);
    }
}
