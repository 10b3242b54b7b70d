package dev.tactus.console;

/// How a command ended, as the shell sees it.
final class Exit {
    static final int DONE = 0;
    /// Failed for a reason outside: server, disk, audit. The same command again continues.
    static final int FAILED = 1;
    /// Usage or configuration: nothing was touched.
    static final int USAGE = 2;
    /// Finished, but incomplete beyond the tolerance.
    static final int INCOMPLETE = 3;

    private Exit() {}
}
