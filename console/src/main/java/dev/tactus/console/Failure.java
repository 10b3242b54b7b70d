package dev.tactus.console;

/// The end of a command with one message for the person at the keyboard: what, where, what to do.
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exit;

    private Failure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    /// The caller's to mend; nothing was touched.
    static Failure usage(String message) {
        return new Failure(Exit.USAGE, message);
    }

    /// The machine's or a server's; the same command again is safe.
    static Failure failed(String message) {
        return new Failure(Exit.FAILED, message);
    }

    int exit() {
        return exit;
    }
}
