package dev.tactus.console.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTokenTest {
    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void isMadeForItsOwnerAloneWhereNobodySaysOne() throws IOException {
        Path usual = folder.resolve("lake-token");
        LakeToken made = LakeToken.find(Optional.empty(), Optional.empty(), usual);
        assertThat(made.digest()).isEqualTo(Sha256.of(Files.readString(usual).strip()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(usual)))
                .isEqualTo("rw-------");
        assertThat(LakeToken.find(Optional.empty(), Optional.empty(), usual))
                .as("the next start has the same")
                .isEqualTo(made);
    }

    @Test
    void isThatOfTheFileThenOfTheEnvironment() throws IOException {
        Path usual = folder.resolve("lake-token");
        assertThat(LakeToken.find(Optional.of(TOKEN), Optional.empty(), usual).digest())
                .isEqualTo(Sha256.of(TOKEN));
        assertThat(usual).doesNotExist();
        Path file = Files.createFile(
                folder.resolve("mine"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "the one in the file\n".replace(' ', '-'));
        assertThat(LakeToken.find(Optional.of(TOKEN), Optional.of(file), usual).digest())
                .isEqualTo(Sha256.of("the-one-in-the-file"));
    }

    @Test
    void isRefusedWhereOthersCanReadItOrGuessIt() throws IOException {
        Path file = Files.writeString(folder.resolve("mine"), TOKEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> LakeToken.find(Optional.empty(), Optional.of(file), file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> LakeToken.find(Optional.of("short"), Optional.empty(), file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("at least 16");
        assertThatThrownBy(() -> LakeToken.find(Optional.empty(), Optional.of(folder.resolve("none")), file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("none");
    }
}
