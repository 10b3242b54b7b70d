package dev.tactus.console.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Why a file could not be used, in words: the JDK's message is often only the file's name.
public final class IoErrorText {
    private IoErrorText() {}

    /// Why a file could not be written; where its folder is missing it names that.
    public static CommandFailure notWritten(Path file, IOException e) {
        Path folder = file.toAbsolutePath().getParent();
        boolean missing = e instanceof NoSuchFileException && folder != null && !Files.exists(folder);
        return CommandFailure.failed(
                "cannot write " + file + ": " + (missing ? "there is no folder " + folder : of(e)));
    }

    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException exists -> "there is a file " + exists.getFile() + " already";
            case AccessDeniedException denied -> "access to " + denied.getFile() + " is denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
