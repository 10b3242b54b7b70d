package dev.tactus.console.output;

/// How a command ended, as the shell sees it.
public final class ExitCode {
    public static final int DONE = 0;
    /// Failed for a reason outside: server, disk, audit. The same command again continues.
    public static final int FAILED = 1;
    /// Usage or configuration: nothing was touched.
    public static final int USAGE = 2;
    /// Finished, but incomplete beyond the tolerance.
    public static final int INCOMPLETE = 3;

    private ExitCode() {}
}
