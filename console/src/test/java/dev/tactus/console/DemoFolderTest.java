package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.console.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
    @TempDir
    private Path folder;

    @Test
    void forgetsWhatAnEarlierDemoHasMadeAndNothingElse() throws IOException {
        Files.writeString(folder.resolve("tactus.yaml"), "# Written by tactus demo\nversion: 1\n");
        Files.createDirectories(folder.resolve("lake/closes"));
        Files.writeString(folder.resolve("lake/closes/0001.json"), "{}");
        Files.writeString(folder.resolve("ledger.db"), "");
        Files.writeString(folder.resolve("mine.txt"), "kept");

        DemoFolder.claim(folder);

        assertThat(folder.resolve("lake")).doesNotExist();
        assertThat(folder.resolve("ledger.db")).doesNotExist();
        assertThat(folder.resolve("mine.txt")).exists();
    }

    @Test
    void leavesAFolderAloneThatIsNotADemos() throws IOException {
        Files.createDirectories(folder.resolve("lake"));
        assertThatThrownBy(() -> DemoFolder.claim(folder))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("not a demo's");
        assertThat(folder.resolve("lake")).exists();
    }
}
