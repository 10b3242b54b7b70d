package dev.tactus.lake;

import static dev.tactus.lake.LakeFixture.DAY;
import static dev.tactus.lake.LakeFixture.NEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tactus.lake.publication.PreparedPublication;
import dev.tactus.lake.publication.Publication;
import dev.tactus.lake.sales.PreparedSales;
import dev.tactus.lake.sales.SaleContext;
import dev.tactus.lake.sales.SaleRecording;
import dev.tactus.lake.sales.SalesWriter;
import dev.tactus.lake.staging.StagedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// A power cut takes what was written and not forced to disk, and entries of folders that were not.
/// Alone: what is forced to disk is seen for the whole process.
@Isolated
class DurabilityTest {
    private static final Path STRACE = Path.of("/usr/bin/strace");

    @TempDir
    Path folder;

    private static List<Path> files(Path under, String ending) {
        try (Stream<Path> files = Files.walk(under)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSealedChunkIsOnDiskWithItsFolder() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            List<StagedFile> sealed = new ArrayList<>();
            List<Path> forced = ForcedFiles.during(() ->
                    sealed.addAll(run.streams(1, DAY, 10).payload("/v1/streams").seal()));

            assertThat(sealed).hasSize(2);
            assertThat(forced)
                    .containsAll(sealed.stream()
                            .map(file -> folder.resolve(file.path()))
                            .toList())
                    .as("a new folder is an entry of the one above it")
                    .contains(folder, folder.resolve("staging"))
                    .endsWith(folder.resolve("staging/run-1"));
        }
    }

    @Test
    void dataFilesAreOnDiskWithTheirFoldersBeforeACommitNamesThem() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            Publication publication = run.streams(1, DAY, 10)
                    .streams(1, NEXT, 10)
                    .payload("/v1/streams")
                    .publication("p1");
            List<Path> forced = ForcedFiles.during(() -> run.lake.prepare(publication));

            List<Path> written = files(folder.resolve("tactus"), ".parquet");
            assertThat(written).hasSize(3);
            assertThat(forced)
                    .containsAll(written)
                    .containsAll(written.stream().map(Path::getParent).toList());
        }
    }

    @Test
    void eachFileOfACommitIsOnDiskAndThenItsFolder() throws IOException {
        try (LakeFixture run = new LakeFixture(folder)) {
            Path metadata = folder.resolve("tactus/daily_streams/metadata");
            List<Path> before = files(metadata, "");
            try (PreparedPublication prepared =
                    run.lake.prepare(run.streams(1, DAY, 10).publication("p1"))) {
                List<Path> forced = ForcedFiles.during(() -> prepared.commit(committed -> {}));

                List<Path> written = new ArrayList<>(files(metadata, ""));
                written.removeAll(before);
                assertThat(written)
                        .as("manifest, manifest list, metadata and its copy for readers by path")
                        .hasSize(4);
                written.stream()
                        .filter(file -> !file.getFileName().toString().startsWith("v"))
                        .forEach(file -> assertThat(forced).containsSubsequence(file, metadata));
                for (int i = 0; i < forced.size(); i += 2) {
                    assertThat(forced.get(i)).hasParentRaw(metadata);
                    assertThat(forced.get(i + 1)).isEqualTo(metadata);
                }
                assertThat(forced.stream().map(file -> String.valueOf(file.getFileName())))
                        .as("what replaces another file is forced under a name of its own first")
                        .anyMatch(name -> name.startsWith(".version-hint.text."))
                        .anyMatch(name -> name.matches("\\.v\\d+\\.metadata\\.json\\..*"));
            }
        }
    }

    @Test
    void theCatalogsDatabaseIsOnDisk() throws IOException, InterruptedException {
        Path trace = folder.resolve("trace");
        Path lake = folder.resolve("lake");
        assumeTrue(Files.isExecutable(STRACE), STRACE + " shows what SQLite, which is no Java, forces to disk");
        Process opened = new ProcessBuilder(
                        STRACE.toString(),
                        "-f",
                        "-y",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-o",
                        trace.toString(),
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenedLake.class.getName(),
                        lake.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();

        assertThat(opened.waitFor())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
        assertThat(Files.readString(trace)).contains("catalog.db>").contains("catalog.db-journal>");
    }

    /// A process that opens a lake and ends.
    static final class OpenedLake {
        private OpenedLake() {}

        public static void main(String[] args) {
            Lake.open(Path.of(args[0]), LakeFixture.SMALL).close();
        }
    }

    @Test
    void theFilesOfASalesReportAreOnDisk() throws IOException {
        SaleContext context = new SaleContext("Spotify", "US", "stream", null, null, null, "USD", null, null);
        try (Lake lake = Lake.open(folder, LakeFixture.SMALL);
                SalesWriter writer = lake.sales().writer("r1", "DistroKid")) {
            byte[] raw = "a row".getBytes(StandardCharsets.UTF_8);
            writer.sale(1, context, new SaleRecording("USABC2500001", null, null, null, null), 1L, null, raw);
            writer.reject(2, "isrc", "none", raw);
            List<Path> forced = ForcedFiles.during(() -> {
                try (PreparedSales written = writer.finish()) {
                    assertThat(written.rows()).isEqualTo(1);
                    assertThat(files(folder.resolve("tactus"), ".parquet")).hasSize(2);
                }
            });

            assertThat(forced.stream().filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(2);
            assertThat(forced)
                    .contains(folder.resolve("tactus/sales/data"), folder.resolve("tactus/sales_rejects/data"));
        }
    }

    @Test
    void aFileThatIsPutIsOnDiskBeforeItTakesTheOldOnesPlace() throws IOException {
        try (Lake lake = Lake.open(folder, LakeFixture.SMALL)) {
            List<Path> forced =
                    ForcedFiles.during(() -> lake.folder().put("closes/1.json", "{}".getBytes(StandardCharsets.UTF_8)));

            assertThat(forced.getFirst()).isEqualTo(folder);
            assertThat(forced.get(1)).hasParentRaw(folder.resolve("closes"));
            assertThat(forced.getLast()).isEqualTo(folder.resolve("closes"));
            assertThat(folder.resolve("closes")).isDirectoryContaining("glob:**/1.json");
            assertThat(files(folder.resolve("closes"), "")).hasSize(2);
        }
    }
}
