package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metadata says which files are a table: it is compared with what was written before anything believes it.
class MetadataDigestTest {
    @TempDir
    Path folder;

    private List<String> count() {
        try (LakeFixture reader = new LakeFixture(folder)) {
            return reader.ask("SELECT count(*) FROM daily_streams");
        }
    }

    /// A line's end changes nothing that a reader of JSON sees.
    @Test
    void metadataThatReadsTheSameAndIsNotWhatWasWrittenIsRefused() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            run.publish(run.streams(1, DAY, 10, 20).publication("p1"));
        }
        assertThat(count()).containsExactly("2");

        Path newest;
        try (Stream<Path> files = Files.list(folder.resolve("tactus/daily_streams/metadata"))) {
            newest = files.filter(file -> file.getFileName().toString().matches("\\d+-.*\\.metadata\\.json"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        Files.writeString(newest, "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::count)
                .hasMessageContaining("was changed since it was written")
                .hasMessageContaining(newest.getFileName().toString());
    }
}
