package dev.tactus.ledger.work;

/// This process did not say for too long that it lives, so others have been given what it had claimed. Nothing of it
/// counts that was not recorded before; whoever goes on begins as a new worker.
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(long worker) {
        super("worker " + worker + " was taken for dead: it stood still, or the ledger could not be reached, for too"
                + " long. Others go on with what it had claimed; what it had not recorded is fetched again");
    }
}
