package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.files.LakeFiles;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;

/// SHA-256 of files.
public final class DataFileDigests {

    private DataFileDigests() {}

    /// Of data files, as noted when they were written, in the order of their paths.
    public static List<FileDigest> noted(LakeFiles kept, LakeTable table, List<DataFile> files) {
        List<FileDigest> digests = new ArrayList<>();
        for (DataFile file : files) {
            Path path = DurableFileIO.path(file.location());
            try {
                Optional<String> noted = NotedDigest.of(path);
                digests.add(new FileDigest(
                        table,
                        relative(kept.folder(), path),
                        file.recordCount(),
                        file.fileSizeInBytes(),
                        noted.isPresent() ? noted.get() : kept.digest(path).hex()));
            } catch (IOException e) {
                throw LakeFailures.of("the data file " + path + " can't be read", e);
            }
        }
        digests.sort(Comparator.comparing(FileDigest::path));
        return List.copyOf(digests);
    }

    /// What a file is now, read to its last byte.
    static Sha256 now(LakeFiles kept, Path file) {
        try {
            return kept.digest(file);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be read", e);
        }
    }

    static boolean exists(LakeFiles kept, Path file) {
        try {
            return kept.find(file).isPresent();
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be looked for", e);
        }
    }

    static long bytes(LakeFiles kept, Path file) {
        try {
            return kept.find(file)
                    .orElseThrow(() -> new NoSuchFileException(file.toString()))
                    .bytes();
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be read", e);
        }
    }

    public static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
