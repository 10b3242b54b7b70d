package dev.tactus.lake.backup;

import dev.tactus.digest.Sha256;
import dev.tactus.digest.Sha256Stream;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.files.Disk;
import dev.tactus.lake.files.DiskListener;
import dev.tactus.lake.files.DiskWriter;
import dev.tactus.lake.files.FilePermissions;
import dev.tactus.lake.iceberg.DigestRegister;
import dev.tactus.lake.iceberg.NotedDigest;
import dev.tactus.lake.place.CatalogDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The copy of a lake inside a backup: every file but what is temporary, each with its digest.
///
/// Nobody may change the lake meanwhile: the caller holds the ledger's lock.
public final class LakeBackup {
    private static final String CATALOG = "catalog.db";

    private final Path backup;
    private final String name;
    private final DiskWriter disk;

    /// @param backup the backup's folder
    /// @param name of the lake's folder inside it
    /// @param listener is told of each step towards the disk
    /// @param permissions of what it makes
    public LakeBackup(Path backup, String name, DiskListener listener, FilePermissions permissions) {
        this.backup = backup;
        this.name = name;
        this.disk = new DiskWriter(listener, permissions);
    }

    /// Copies a lake. Data files are compared with the digests that were noted when they were written: a backup of
    /// damage would only look like one.
    ///
    /// @throws LakeDamaged if a data file is not what was written
    public List<BackupFile> make(Path lake) {
        List<BackupFile> copied = new ArrayList<>();
        Path into = backup.resolve(name);
        try {
            disk.createFolder(into);
            Map<String, DigestRegister.Entry> register = DigestRegister.of(CatalogDatabase.in(lake));
            for (Path file : kept(lake)) {
                BackupFile copy = copy(file, into.resolve(lake.relativize(file).toString()));
                String path = lake.relativize(file).toString().replace('\\', '/');
                Optional.ofNullable(register.get(path))
                        .ifPresent(noted -> requireNoted(file, noted.digest().hex(), copy.sha256()));
                copied.add(copy);
            }
            Path catalog = into.resolve(CATALOG);
            try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + lake.resolve(CATALOG));
                    PreparedStatement vacuum = database.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, catalog.toString());
                vacuum.execute();
            }
            disk.permit(catalog);
            disk.force(catalog);
            disk.forceFolder(into);
            copied.add(noted(catalog));
            return copied;
        } catch (IOException | SQLException e) {
            throw LakeFailures.of("the lake " + lake + " can't be copied to " + into, e);
        }
    }

    /// Brings the lake to a folder that does not exist yet; its tables then say that they are there.
    public void restore(Path folder) {
        Path from = backup.resolve(name);
        try {
            disk.createParent(folder);
            Path parent = Objects.requireNonNull(folder.toAbsolutePath().getParent(), "a lake is no root");
            Path lake = parent.toRealPath().resolve(folder.getFileName());
            // what a killed process left there is of no use
            Path scratch = draft(lake);
            Disk.deleteTree(scratch);
            disk.createFolder(scratch);
            for (Path file : kept(from)) {
                copy(file, scratch.resolve(from.relativize(file).toString()));
            }
            copy(from.resolve(CATALOG), scratch.resolve(CATALOG));
            new LakeMove(scratch, lake, disk).run();
            disk.rename(scratch, lake);
            disk.forceFolder(lake.getParent());
        } catch (IOException e) {
            throw LakeFailures.of("the lake of the backup " + backup + " can't be brought to " + folder, e);
        }
    }

    /// What is written first, beside the place of a lake or of a file.
    public static Path draft(Path place) {
        return place.resolveSibling(place.getFileName() + ".restoring");
    }

    /// Forces a file that somebody else has put into the backup, such as the copy of the ledger.
    public BackupFile kept(String file) {
        try {
            disk.permit(backup.resolve(file));
            disk.force(backup.resolve(file));
            disk.forceFolder(backup);
            return noted(backup.resolve(file));
        } catch (IOException e) {
            throw LakeFailures.of("the copy " + backup.resolve(file) + " can't be forced to disk", e);
        }
    }

    /// Brings such a file to where there is none: whole, or not at all.
    public void restore(String file, Path to) {
        try {
            disk.createParent(to);
            Path scratch = draft(to);
            Files.copy(backup.resolve(file), scratch, StandardCopyOption.REPLACE_EXISTING);
            disk.permit(scratch);
            disk.force(scratch);
            disk.rename(scratch, to);
            disk.forceFolder(to.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw LakeFailures.of("the file " + file + " of the backup " + backup + " can't be brought to " + to, e);
        }
    }

    private static void requireNoted(Path file, String noted, String sha256) {
        if (!noted.equals(sha256)) {
            throw new LakeDamaged(
                    "the file " + file + " was changed since it was written: its SHA-256 is " + sha256 + ", and was "
                            + noted + "; it is not copied. Restore it from an earlier backup first",
                    null);
        }
    }

    private BackupFile noted(Path file) {
        try {
            return new BackupFile(
                    backup.relativize(file).toString().replace('\\', '/'),
                    Files.size(file),
                    Sha256.of(file).hex());
        } catch (IOException e) {
            throw LakeFailures.of("the copy " + file + " can't be read", e);
        }
    }

    /// Proves that files of a backup are what was copied.
    ///
    /// @throws LakeDamaged if one is not
    public void verify(List<BackupFile> files) {
        for (BackupFile file : files) {
            Path path = backup.resolve(file.path());
            if (!path.normalize().startsWith(backup) || !Files.isRegularFile(path)) {
                throw new LakeDamaged("the backup's file " + path + " is missing; use another backup", null);
            }
            String found = noted(path).sha256();
            if (!found.equals(file.sha256())) {
                throw new LakeDamaged(
                        "the backup's file " + path + " was changed since it was made: its SHA-256 is " + found
                                + ", and was " + file.sha256() + "; use another backup",
                        null);
            }
        }
    }

    private static List<Path> kept(Path lake) throws IOException {
        try (Stream<Path> files = Files.walk(lake)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String path = lake.relativize(file).toString();
                        return !path.startsWith("tmp/")
                                && !path.startsWith(CATALOG)
                                && !file.getFileName().toString().startsWith(".");
                    })
                    .sorted()
                    .toList();
        }
    }

    private BackupFile copy(Path file, Path to) throws IOException {
        disk.createParent(to);
        Sha256Stream digest = new Sha256Stream();
        long bytes;
        try (OutputStream out = Files.newOutputStream(to)) {
            bytes = Files.copy(file, digest.over(out));
        }
        disk.permit(to);
        disk.force(to);
        disk.forceFolder(to.getParent());
        String sha256 = digest.digest().hex();
        Optional<String> noted = NotedDigest.of(file);
        if (noted.isPresent()) {
            requireNoted(file, noted.get(), sha256);
        }
        return new BackupFile(
                to.startsWith(backup) ? backup.relativize(to).toString().replace('\\', '/') : to.toString(),
                bytes,
                sha256);
    }
}
