package dev.tactus.console;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.ExitCode;
import dev.tactus.console.output.IoErrorText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "init",
        description = "Writes a commented tactus.yaml to start from; an existing file is left alone.",
        footerHeading = "%nExamples:%n",
        footer = {"  tactus init", "  tactus init --config labels/north.yaml"})
final class InitCommand implements Callable<Integer> {
    @Mixin
    private final CommandOptions common;

    InitCommand(CommandOptions common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        try {
            Files.writeString(common.config, BundledText.text("tactus.yaml"), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage(common.config + " is already there and was left alone; "
                    + "name another file with --config, or move that one away");
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write " + common.config + ": " + IoErrorText.of(e));
        }
        if (common.json) {
            common.printJson(true, Map.of("file", common.config.toAbsolutePath().toString()));
        } else {
            common.print("Wrote " + common.config + ". Put your source and your catalog into it, then: tactus check");
        }
        return ExitCode.DONE;
    }
}
