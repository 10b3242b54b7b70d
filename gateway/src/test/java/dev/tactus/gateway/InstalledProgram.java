package dev.tactus.gateway;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// A program that a test runs beside the gateway where the machine has it.
final class InstalledProgram {
    private InstalledProgram() {}

    /// Where it is on the PATH; else where Debian would have it.
    static Path find(String name) {
        return Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("/usr/bin", name));
    }
}
