package dev.tactus.lake.iceberg;

import dev.tactus.digest.Sha256;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.DurableFileIO;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.lake.table.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
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
    public static List<FileDigest> noted(Path folder, LakeTable table, List<DataFile> files) {
        List<FileDigest> digests = new ArrayList<>();
        for (DataFile file : files) {
            Path path = DurableFileIO.path(file.location());
            try {
                Optional<String> noted = NotedDigest.of(path);
                digests.add(new FileDigest(
                        table,
                        relative(folder, path),
                        file.recordCount(),
                        file.fileSizeInBytes(),
                        noted.isPresent() ? noted.get() : Sha256.of(path).hex()));
            } catch (IOException e) {
                throw LakeFailures.of("the data file " + path + " can't be read", e);
            }
        }
        digests.sort(Comparator.comparing(FileDigest::path));
        return List.copyOf(digests);
    }

    /// What a file is now, read to its last byte.
    static Sha256 now(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be read", e);
        }
    }

    static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " can't be read", e);
        }
    }

    public static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
