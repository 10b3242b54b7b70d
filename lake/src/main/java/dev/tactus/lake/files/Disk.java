package dev.tactus.lake.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Folders that are on the disk, not only in the page cache, before anybody relies on them, and files for their owner.
public final class Disk {
    private Disk() {}

    /// Creates a folder, for its owner alone, and forces every folder that got a new entry.
    public static void createFolder(Path folder) throws IOException {
        createFolder(folder, FilePermissions.ownerOnly());
    }

    /// The same for whoever may read it.
    public static void createFolder(Path folder, FilePermissions permissions) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (@Nullable Path f = folder.toAbsolutePath(); f != null && !Files.isDirectory(f); f = f.getParent()) {
            missing.push(f);
        }
        for (Path f : missing) {
            Files.createDirectories(f);
            permissions.folder(f);
            forceFolder(f.getParent());
        }
    }

    static void forceFolder(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    public static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
