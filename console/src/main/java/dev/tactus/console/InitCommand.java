package dev.tactus.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
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
    private final Common common;

    InitCommand(Common common) {
        this.common = common;
    }

    @Override
    public Integer call() {
        try {
            Files.writeString(common.config, template(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw Failure.usage(common.config + " is already there and was left alone; "
                    + "name another file with --config, or move that one away");
        } catch (IOException e) {
            throw Failure.failed("cannot write " + common.config + ": " + Problems.of(e));
        }
        if (common.json) {
            common.printJson(true, Map.of("file", common.config.toAbsolutePath().toString()));
        } else {
            common.print("Wrote " + common.config + ". Put your source and your catalog into it, then: tactus check");
        }
        return Exit.DONE;
    }

    static String template() {
        try (InputStream in = InitCommand.class.getResourceAsStream("tactus.yaml")) {
            return new String(
                    Objects.requireNonNull(in, "tactus.yaml is not in the jar").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
