package dev.tactus.console.disaster;

import dev.tactus.lake.files.DiskListener.DiskStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// A folder, and what of it is on the disk whatever happens: what was there when the command began, and what was forced
/// since. Databases look after themselves.
final class DiskImage {
    private final Path folder;
    /// Files by what they are, not by their names, with the time of the last change that is on the disk.
    private final Set<String> forced = new HashSet<>();
    /// Names in folders that were forced.
    private final Set<Path> names = new HashSet<>();

    DiskImage(Path folder) throws IOException {
        this.folder = folder;
        for (Path file : files(folder)) {
            forced.add(key(file));
            names.add(file);
        }
    }

    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            // somebody has deleted one meanwhile
            return files(folder);
        }
    }

    synchronized void reached(DiskStep step, Path file) throws IOException {
        switch (step) {
            case FORCED -> forced.add(key(file));
            case FOLDER_FORCED -> {
                try (Stream<Path> inside = Files.list(file)) {
                    inside.filter(Files::isRegularFile).forEach(names::add);
                }
            }
            case CLOSED, RENAMED, COMMIT_DUE, COMMITTED -> {}
        }
    }

    /// Copies the folder as it is now.
    ///
    /// @param powerLoss whether what is not on the disk is torn or lost
    synchronized Path leave(boolean powerLoss, Random random) throws IOException {
        Path copy = folder.resolveSibling(folder.getFileName() + ".left");
        delete(copy);
        copy(folder, copy);
        if (powerLoss) {
            for (Path file : files(folder)) {
                Path left = copy.resolve(folder.relativize(file).toString());
                if (isDatabase(file) || !Files.exists(left)) {
                    continue;
                }
                if (!forced.contains(key(file))) {
                    lose(left, random);
                } else if (!names.contains(file) && random.nextBoolean()) {
                    Files.delete(left);
                }
            }
        }
        return copy;
    }

    private static void lose(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (random.nextInt(3)) {
            case 0 -> Files.delete(file);
            case 1 -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            default -> Files.write(file, new byte[bytes.length]);
        }
    }

    static boolean isDatabase(Path file) {
        return file.getFileName().toString().contains(".db");
    }

    static void flip(Path file, Random random) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(from)) {
            all = found.toList();
        }
        for (Path one : all) {
            Path target = to.resolve(from.relativize(one).toString());
            try {
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            } catch (NoSuchFileException gone) {
                // another thread has just deleted it
                Files.deleteIfExists(target);
            }
        }
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> found = Files.walk(tree)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }

    private static String key(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino") + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
    }
}
