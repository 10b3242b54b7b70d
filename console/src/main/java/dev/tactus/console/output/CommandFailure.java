package dev.tactus.console.output;

/// The end of a command with one message for the person at the keyboard: what, where, what to do.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int exit;

    private CommandFailure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    /// The caller's to mend; nothing was touched.
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /// Nothing is broken, and something is missing that somebody has to see to.
    public static CommandFailure incomplete(String message) {
        return new CommandFailure(ExitCode.INCOMPLETE, message);
    }

    /// The machine's or a server's; the same command again is safe.
    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message);
    }

    public int exit() {
        return exit;
    }
}
