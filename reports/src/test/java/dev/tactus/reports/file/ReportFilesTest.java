package dev.tactus.reports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.BadReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    Path folder;

    private List<String> names(Path path) {
        List<String> names = new ArrayList<>();
        ReportFiles.each(
                path, file -> names.add(file.name().substring(folder.toString().length() + 1)));
        return names;
    }

    private Path zip(List<String> entries) throws IOException {
        Path zip = folder.resolve("a.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packing = new ZipOutputStream(out)) {
            for (String entry : entries) {
                packing.putNextEntry(new ZipEntry(entry));
                packing.write('x');
            }
        }
        return zip;
    }

    @Test
    void anArchiveHasTenThousandFilesAndNoMore() throws IOException {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            entries.add("f" + i);
        }
        assertThat(names(zip(entries))).hasSize(10_000);
        entries.add("one more");
        Path zip = zip(entries);
        assertThatThrownBy(() -> names(zip)).isInstanceOf(BadReport.class).hasMessageContaining("contains 10001 files");
    }

    @Test
    void theFilesOfAnArchiveComeInTheOrderOfTheirNamesWithoutWhatFileManagersLeave() throws IOException {
        assertThat(names(zip(List.of("b/x.csv", "__MACOSX/a.csv", "a.csv", "b/.DS_Store", ".hidden"))))
                .containsExactly("a.zip/a.csv", "a.zip/b/x.csv");
    }

    @Test
    void aNameWithDotsThatStaysInsideIsTaken() throws IOException {
        assertThat(names(zip(List.of("a..csv", "b/c..d/x.csv")))).hasSize(2);
    }

    @Test
    void theFilesOfAFolderComeInTheOrderOfTheirNamesHiddenOnesAside() throws IOException {
        Path reports = Files.createDirectories(folder.resolve("r/.git"));
        Files.writeString(reports.resolve("x.csv"), "x");
        Files.writeString(folder.resolve("r/b.csv"), "x");
        Files.writeString(folder.resolve("r/a.csv"), "x");
        Files.writeString(folder.resolve("r/.x"), "x");
        assertThat(names(folder.resolve("r"))).containsExactly("r/a.csv", "r/b.csv");
    }
}
