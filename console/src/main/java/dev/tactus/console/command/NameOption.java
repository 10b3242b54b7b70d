package dev.tactus.console.command;

import picocli.CommandLine.Option;

/// The name of the person who decides, for the record.
public class NameOption {
    @Option(
            names = "--by",
            required = true,
            paramLabel = "NAME",
            converter = OptionTypes.RecordedText.class,
            description = "Your name, for the record.")
    public String by = "";
}
