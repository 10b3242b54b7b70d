package dev.tactus.console;

import dev.tactus.console.command.CommandOptions;
import dev.tactus.console.command.TactusCommand;
import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.console.output.JsonObject;
import dev.tactus.source.profile.SourceProfile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        description = "Writes a commented tactus.yaml to start from; never overwrites a file.",
        footerHeading = "%nExamples:%n",
        footer = {"  tactus init", "  tactus init --source apple-music", "  tactus init --config labels/north.yaml"})
final class InitCommand extends TactusCommand {
    @Option(names = "--source", paramLabel = "NAME", description = "The bundled profile of the source in it.")
    private @Nullable String source;

    InitCommand(CommandOptions options) {
        super(options);
    }

    @Override
    public Integer call() {
        try {
            Files.writeString(options.config, text(), StandardOpenOption.CREATE_NEW);
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

    /// The sample, with the source that was asked for in place of its own.
    private String text() {
        String sample = BundledText.text("tactus.yaml");
        if (source == null) {
            return sample;
        }
        if (!SourceProfile.bundled().contains(source)) {
            throw CommandFailure.usage(
                    "there is no bundled profile " + source + ", only " + String.join(", ", SourceProfile.bundled()));
        }
        int sources = sample.indexOf("\nsources:\n");
        return sample.substring(0, sources) + "\nsources:\n" + SourceSample.of(source)
                + sample.substring(sample.indexOf("\n\n", sources));
    }
}
