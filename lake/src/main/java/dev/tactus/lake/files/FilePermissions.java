package dev.tactus.lake.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Who may read what is made, where the file system knows owners.
///
/// @param files of files
/// @param folders of folders
public record FilePermissions(Set<PosixFilePermission> files, Set<PosixFilePermission> folders) {
    public FilePermissions {
        files = Set.copyOf(files);
        folders = Set.copyOf(folders);
    }

    /// Nobody but the owner: payloads, statements and what was paid stand in them.
    public static FilePermissions ownerOnly() {
        return new FilePermissions(
                PosixFilePermissions.fromString("rw-------"), PosixFilePermissions.fromString("rwx------"));
    }

    /// In octal digits, such as `640` and `750`.
    public static FilePermissions of(String files, String folders) {
        return new FilePermissions(set(files), set(folders));
    }

    private static Set<PosixFilePermission> set(String octal) {
        int bits = Integer.parseInt(octal, 8);
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        // in the order of the bits, the owner's right to read first
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((bits & 0400 >> i) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    public void file(Path file) throws IOException {
        give(file, files);
    }

    public void folder(Path folder) throws IOException {
        give(folder, folders);
    }

    /// Only its owner may change what a file permits, so what is so already is left alone.
    /// A folder keeps its set-group-ID bit: what is made in it belongs to its group.
    private static void give(Path file, Set<PosixFilePermission> permissions) throws IOException {
        if (!knowsOwners(file) || Files.getPosixFilePermissions(file).equals(permissions)) {
            return;
        }
        int special = (int) Files.getAttribute(file, "unix:mode") & 07000;
        Files.setPosixFilePermissions(file, permissions);
        if (special != 0) {
            Files.setAttribute(file, "unix:mode", (int) Files.getAttribute(file, "unix:mode") | special);
        }
    }

    private static boolean knowsOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
