package dev.tactus.console.command;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.output.HumanFormat;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.settings.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a disk that is full, or refuses, comes to for whoever runs a command: where there is how much space, and that
/// the same command goes on.
final class DiskTrouble {
    private static final List<String> FULL =
            List.of("no space left", "disk is full", "database is full", "disk quota exceeded", "not enough space");
    private static final Pattern PATH = Pattern.compile("(?<![^\\s\"'(])(/[^\\s:,;()'\"]+)");

    private DiskTrouble() {}

    /// What to say of a failure that no room has told in its own words; absent where a disk has nothing to do with it.
    static Optional<String> message(Throwable failure) {
        Optional<IOException> cause = cause(failure);
        if (isFull(failure)) {
            return Optional.of(
                    "the disk is full" + cause.flatMap(DiskTrouble::file).orElse("")
                            + ". Nothing is lost: free some space, then run the same command again");
        }
        return cause.map(e -> "a file can't be read or written"
                + file(e).orElse("") + ": " + IoErrorText.of(e)
                + ". Look to the disk, then run the same command again");
    }

    /// How much space there is, of each disk that matters; empty where the failure was not a full one.
    ///
    /// @param configuration absent where it can't be read
    static String space(Throwable failure, String message, Supplier<Optional<Configuration>> configuration) {
        if (!isFull(failure) && !isFull(message)) {
            return "";
        }
        Set<FileStore> seen = new HashSet<>();
        List<String> lines = new ArrayList<>();
        for (Path place : places(message, configuration.get())) {
            free(place, seen).ifPresent(lines::add);
        }
        String end = message.endsWith(".") || message.endsWith(")") ? " " : ". ";
        return lines.isEmpty() ? "" : end + "Free now: " + String.join(", ", lines);
    }

    private static List<Path> places(String message, Optional<Configuration> configuration) {
        List<Path> places = new ArrayList<>();
        Matcher named = PATH.matcher(message);
        while (named.find()) {
            places.add(Path.of(named.group(1)));
        }
        configuration.ifPresent(told -> {
            told.ledger().file().ifPresent(places::add);
            told.lake().folder().ifPresent(places::add);
        });
        places.add(Path.of(System.getProperty("java.io.tmpdir")));
        return places;
    }

    private static Optional<String> free(Path place, Set<FileStore> seen) {
        @Nullable Path there = place.toAbsolutePath().normalize();
        while (there != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        if (there == null) {
            return Optional.empty();
        }
        try {
            FileStore store = Files.getFileStore(there);
            return seen.add(store)
                    ? Optional.of(HumanFormat.size(store.getUsableSpace()) + " where " + there + " is")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("unknown where " + there + " is (" + IoErrorText.of(e) + ")");
        }
    }

    private static boolean isFull(Throwable failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (isFull(String.valueOf(t.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFull(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return FULL.stream().anyMatch(text::contains);
    }

    private static Optional<IOException> cause(Throwable failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof IOException io) {
                return Optional.of(io);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> file(IOException e) {
        return e instanceof FileSystemException named && named.getFile() != null
                ? Optional.of(" (" + named.getFile() + ")")
                : Optional.empty();
    }

    /// The configuration that a command was given, where it can be read.
    static Optional<Configuration> configuration(Optional<CommandOptions> options) {
        try {
            return options.map(CommandOptions::configuration);
        } catch (InvalidConfiguration e) {
            // that is not what is being told
            return Optional.empty();
        }
    }
}
