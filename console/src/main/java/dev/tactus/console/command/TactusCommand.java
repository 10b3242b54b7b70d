package dev.tactus.console.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command with the options that all share; it answers with its exit code.
public abstract class TactusCommand implements Callable<Integer> {
    @Mixin
    protected final CommandOptions options;

    protected TactusCommand(CommandOptions options) {
        this.options = options;
    }
}
