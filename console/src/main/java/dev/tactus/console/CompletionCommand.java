package dev.tactus.console;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a completion script for bash.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(tactus completion)                                            for this shell",
            "  tactus completion > ~/.local/share/bash-completion/completions/tactus    for every shell"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Override
    public Integer call() {
        command.commandLine()
                .getOut()
                .print(AutoComplete.bash("tactus", command.root().commandLine()));
        command.commandLine().getOut().flush();
        return 0;
    }
}
