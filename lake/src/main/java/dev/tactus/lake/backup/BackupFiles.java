package dev.tactus.lake.backup;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.FilePermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The list of a backup's files with their digests, as `sha256sum -c SHA256SUMS` reads it. It is written last: where it
/// stands, the backup is whole. Until then a file says that it is not, so that what was cut off can be done over.
public final class BackupFiles {
    private static final String NAME = "SHA256SUMS";
    private static final String UNFINISHED = "UNFINISHED";
    private static final String BETWEEN = "  ";

    private final Path backup;
    private final DiskWriter disk;

    /// @param listener is told of each step towards the disk
    /// @param permissions of what it makes
    public BackupFiles(Path backup, DiskListener listener, FilePermissions permissions) {
        this.backup = backup;
        this.disk = new DiskWriter(listener, permissions);
    }

    /// Whether the backup is whole.
    public boolean exists() {
        return Files.isRegularFile(backup.resolve(NAME));
    }

    /// Whether a backup was begun here and cut off.
    public boolean cutOff() {
        return Files.exists(backup.resolve(UNFINISHED));
    }

    /// Begins a backup; what was cut off here before goes.
    ///
    /// @param content the names of what a backup consists of
    public void begin(List<String> content) {
        try {
            disk.createFolder(backup);
            Path mark = backup.resolve(UNFINISHED);
            if (!cutOff()) {
                Files.createFile(mark);
                disk.permit(mark);
                disk.forceFolder(backup);
            }
            Files.deleteIfExists(backup.resolve(NAME));
            for (String name : content) {
                Disk.deleteTree(backup.resolve(name));
            }
        } catch (IOException e) {
            throw LakeFailures.of("the backup " + backup + " can't be begun", e);
        }
    }

    /// Writes it; the last step of a backup.
    public void write(List<BackupFile> files) {
        String lines = files.stream()
                .sorted(Comparator.comparing(BackupFile::path))
                .map(file -> file.sha256() + BETWEEN + file.path() + "\n")
                .collect(Collectors.joining());
        try {
            disk.replace(backup.resolve(NAME), lines.getBytes(StandardCharsets.UTF_8));
            Files.deleteIfExists(backup.resolve(UNFINISHED));
            disk.forceFolder(backup);
        } catch (IOException e) {
            throw LakeFailures.of("the list " + backup.resolve(NAME) + " can't be written", e);
        }
    }

    /// The files that it names.
    ///
    /// @throws LakeDamaged if it is damaged
    public List<BackupFile> read() {
        List<BackupFile> files = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(backup.resolve(NAME))) {
                int between = line.indexOf(BETWEEN);
                if (between != 64) {
                    throw new LakeDamaged(
                            "the list " + backup.resolve(NAME) + " is damaged in the line '" + line
                                    + "'; use another backup",
                            null);
                }
                Path file = backup.resolve(line.substring(between + BETWEEN.length()));
                files.add(new BackupFile(
                        line.substring(between + BETWEEN.length()),
                        Files.exists(file) ? Files.size(file) : 0,
                        line.substring(0, between)));
            }
            return files;
        } catch (IOException e) {
            throw LakeFailures.of("the list " + backup.resolve(NAME) + " can't be read", e);
        }
    }
}
