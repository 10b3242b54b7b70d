package dev.tactus.console.command;

import picocli.CommandLine.Option;

/// Who decides, and why.
public final class ReasonOptions extends NameOption {
    @Option(
            names = "--reason",
            required = true,
            paramLabel = "REASON",
            converter = OptionTypes.RecordedText.class,
            description = "Why, for the record.")
    public String reason = "";
}
