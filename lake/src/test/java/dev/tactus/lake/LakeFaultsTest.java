package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.failure.LakeException;
import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.staging.StagedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFaultsTest {
    @TempDir
    Path folder;

    @Test
    void aFileWhereTheFolderShouldBeIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("lake"), "not a folder");

        assertThatThrownBy(() -> Lake.open(file, LakeFixture.SMALL))
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aCatalogThatIsNoDatabaseIsSaid() throws IOException {
        Files.writeString(folder.resolve("catalog.db"), "x".repeat(5000));

        assertThatThrownBy(() -> Lake.open(folder, LakeFixture.SMALL))
                .isInstanceOf(LakeException.class)
                .hasMessageContaining("not a database");
    }

    @Test
    void aLakeThatWasMovedSaysWhereItsTablesPoint() throws IOException {
        Path from = folder.resolve("here");
        try (LakeFixture run = new LakeFixture(from)) {
            run.streams(1, DAY, 1).publish("p1");
        }
        Path to = Files.move(from, folder.resolve("there"));

        assertThatThrownBy(() -> Lake.open(to, LakeFixture.SMALL))
                .isInstanceOf(LakeUnavailable.class)
                .hasMessageContaining("was moved")
                .hasMessageContaining(from.toString());
    }

    @Test
    void aMissingStagedFileIsNamed() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication publication = run.streams(1, DAY, 1).publication("p1");
            Path file = folder.resolve(publication.files().getFirst().path());
            Files.delete(file);

            assertThatThrownBy(() -> run.lake.prepare(publication))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void aTruncatedStagedFileIsNamed() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication publication = run.streams(1, DAY, 1).publication("p1");
            Path file = folder.resolve(publication.files().getFirst().path());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 2);
            }

            assertThatThrownBy(() -> run.lake.prepare(publication))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }

    @Test
    void aStagedFileWithAHoleInTheMiddleIsNamed() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            for (int i = 0; i < 500; i++) {
                run.streams(i, DAY, i, i * 31L, i * 77L);
            }
            run.seal();
            Publication publication = run.streams(1000, DAY, 1).publication("p1");
            Path file = folder.resolve(publication.files().getFirst().path());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[600]), 100);
            }

            assertThatThrownBy(() -> run.lake.prepare(publication))
                    .isInstanceOf(LakeDamaged.class)
                    .hasMessageContaining(file.getFileName().toString());
            assertThat(run.ask("SELECT * FROM daily_streams")).isEmpty();
        }
    }

    @Test
    void stagedFilesAreListedAndDiscarded() {
        try (LakeFixture run = new LakeFixture(folder)) {
            List<StagedFile> noted = run.streams(1, DAY, 1).seal();
            run.streams(2, DAY, 1).seal();
            List<Path> unlisted = run.lake.staged("run-1").stream()
                    .filter(path -> noted.stream().noneMatch(file -> file.path().equals(path)))
                    .toList();
            assertThat(unlisted).hasSize(1);
            run.lake.discard(unlisted);
            run.lake.discard(unlisted);

            assertThat(run.lake.staged("run-1"))
                    .containsExactlyElementsOf(
                            noted.stream().map(StagedFile::path).toList());
            assertThatThrownBy(() -> run.lake.discard(List.of(Path.of("catalog.db"))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> run.lake.discard(List.of(Path.of("staging/../catalog.db"))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
