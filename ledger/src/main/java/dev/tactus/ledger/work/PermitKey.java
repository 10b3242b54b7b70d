package dev.tactus.ledger.work;

/// Which permit of which worker.
public record PermitKey(long worker, long number) {}
