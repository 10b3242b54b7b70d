package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.lake.files.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Payloads and statements are for their owner alone.
@DisabledOnOs(OS.WINDOWS)
class PermissionsTest {
    @TempDir
    Path folder;

    /// What several people of a group use is the group's, and only its owner can change what is permitted.
    @Test
    void aFolderKeepsTheBitByWhichFilesBelongToItsGroupAndWhatIsPermittedAlreadyIsLeftAlone() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.setAttribute(shared, "unix:mode", 02700);
        FilePermissions group = FilePermissions.of("660", "770");

        group.folder(shared);

        assertThat((int) Files.getAttribute(shared, "unix:mode") & 07777).isEqualTo(02770);
        FileTime changed = (FileTime) Files.getAttribute(shared, "unix:ctime");
        group.folder(shared);
        assertThat(Files.getAttribute(shared, "unix:ctime")).isEqualTo(changed);
    }

    @Test
    void filesAndFoldersAreForTheirOwnerAlone() throws IOException {
        Path lake = folder.resolve("lake");
        try (LakeFixture run = new LakeFixture(lake)) {
            run.streams(1, DAY, 10).payload("/v1/streams").publish("p1");
            run.streams(2, DAY, 10).payload("/v1/streams?ids=t2").seal();
            run.lake.folder().put("closes/1.json", new byte[] {1});

            List<Path> all;
            try (Stream<Path> files = Files.walk(lake)) {
                all = files.filter(file -> !file.startsWith(lake.resolve("tmp")))
                        .toList();
            }
            assertThat(all)
                    .hasSizeGreaterThan(20)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }
}
