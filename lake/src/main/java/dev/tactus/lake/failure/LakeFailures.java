package dev.tactus.lake.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.jspecify.annotations.Nullable;

/// Says whose fault it is that a library threw.
public final class LakeFailures {
    private static final List<String> MACHINE = List.of(
            "no space left",
            "database or disk is full",
            "io error",
            "permission denied",
            "read-only",
            "readonly",
            "out of memory error",
            "cannot open",
            "unable to open",
            "database is locked",
            "disk i/o",
            "quota exceeded",
            "could not write");

    private LakeFailures() {}

    public static RuntimeException of(String doing, Exception failure) {
        Optional<LakeException> told = told(failure);
        if (told.isPresent()) {
            return told.get();
        }
        String cause = withoutSql(words(failure));
        String text = cause.toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("disk is full")) {
            return new LakeUnavailable(
                    doing + ": the disk is full. Free some space, then run the same command again. (" + cause + ")",
                    failure);
        }
        if (text.contains("no files found that match the pattern")) {
            return new LakeDamaged(
                    doing + ": a data file is missing (" + cause + "). Restore it from a backup", failure);
        }
        if (text.contains("not a database") || text.contains("malformed")) {
            return new LakeDamaged(doing + ": " + cause + ". Restore catalog.db from a backup", failure);
        }
        if (isMachine(failure, text)) {
            return new LakeUnavailable(doing + ": " + cause, failure);
        }
        return new IllegalStateException(doing + ": " + cause, failure);
    }

    /// The failure of the lake that a library has wrapped in its own; absent where there is none.
    public static Optional<LakeException> told(Throwable failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof LakeException ours) {
                return Optional.of(ours);
            }
        }
        return Optional.empty();
    }

    /// DuckDB points into the statement, which is ours and tells nobody anything.
    private static String withoutSql(String words) {
        int line = words.indexOf("\n\nLINE ");
        return line < 0 ? words : words.substring(0, line);
    }

    private static boolean isMachine(Exception failure, String text) {
        return failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof RuntimeIOException
                || MACHINE.stream().anyMatch(text::contains);
    }

    /// All the messages down the causes, each once, without the prefixes that say nothing.
    public static String words(Throwable failure) {
        StringBuilder words = new StringBuilder();
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            String message = t instanceof SQLException sql ? sqlWords(sql) : named(t);
            if (words.indexOf(message) < 0) {
                words.append(words.isEmpty() ? "" : ": ").append(message);
            }
        }
        return words.toString();
    }

    private static String named(Throwable t) {
        @Nullable String message = t.getMessage();
        return switch (t) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is there already";
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default ->
                message == null || t instanceof FileSystemException
                        ? t.getClass().getSimpleName() + (message == null ? "" : " " + message)
                        : message;
        };
    }

    public static String sqlWords(SQLException failure) {
        @Nullable String message = failure.getMessage();
        if (message == null) {
            return failure.getClass().getSimpleName();
        }
        String prefix =
                "Invalid Input Error: Attempting to execute an unsuccessful or closed pending query result\nError: ";
        return (message.startsWith(prefix) ? message.substring(prefix.length()) : message).strip();
    }
}
