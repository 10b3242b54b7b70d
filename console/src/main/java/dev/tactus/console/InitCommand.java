package dev.tactus.console;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "init",
        description = "Writes a commented tactus.yaml to start from; never overwrites a file.",
        footerHeading = "%nExamples:%n",
        footer = {"  tactus init", "  tactus init --config labels/north.yaml"})
final class InitCommand extends TactusCommand {
    InitCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try {
            Files.writeString(options.config, BundledText.text("tactus.yaml"), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage(options.config + " already exists and was not changed; "
                    + "name another file with --config, or move that one away");
        } catch (IOException e) {
            throw IoErrorText.notWritten(options.config, e);
        }
        return options.printResult(
                JsonObject.of("file", options.config.toAbsolutePath()),
                () -> List.of("Wrote " + options.config
                        + ". Next: name your source and your catalog in it, then run tactus check"));
    }
}
