package dev.tactus.reconcile.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void before() throws IOException {
        file = Files.writeString(folder.resolve("october.csv"), "before");
    }

    @Test
    void keepsWhatStoodThereUntilAllIsWritten() throws IOException {
        AtomicFile.write(file, out -> {
            out.write(new byte[100_000]);
            assertThat(file).hasContent("before");
        });
        assertThat(file).hasSize(100_000);
        assertThat(folder).isDirectoryNotContaining(one -> !one.equals(file));
    }

    @Test
    void leavesNoTornFileWhereWritingFails() {
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("before");
        assertThat(folder).isDirectoryNotContaining(one -> !one.equals(file));
    }

    @Test
    void tellsWhatTheDiskSaidWhateverALibraryWrapsItIn() {
        assertThatThrownBy(() -> AtomicFile.write(file, _ -> {
                    throw new IllegalStateException(new IOException("disk full"));
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(file).hasContent("before");
    }
}
