package dev.tactus.console.command;

import picocli.CommandLine.Option;

/// How many rows of a list to show.
public final class RowLimitOption {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            converter = OptionTypes.RowCount.class,
            description = "Show at most N. Default: ${DEFAULT-VALUE}")
    public int rows = 1000;
}
