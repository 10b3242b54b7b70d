package dev.tactus.reports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.BadReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

    private final List<Path> leftAside = new ArrayList<>();

    private List<String> names(Path path) {
        List<String> names = new ArrayList<>();
        new ReportFiles(leftAside)
                .each(
                        path,
                        file -> names.add(
                                file.name().substring(folder.toString().length() + 1)));
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
    void filesThatOnlyWaitInAFolderAreCalledAsTheyStandInIt() throws IOException {
        Files.createDirectories(folder.resolve("waiting/7"));
        Files.writeString(folder.resolve("waiting/7/a.csv"), "x");
        Files.move(zip(List.of("x.csv")), folder.resolve("waiting/7/b.zip"));
        List<String> names = new ArrayList<>();
        new ReportFiles(List.of())
                .namedWithin(folder.resolve("waiting/7"))
                .each(folder.resolve("waiting/7"), file -> names.add(file.name()));
        assertThat(names).containsExactly("a.csv", "b.zip/x.csv");
    }

    @Test
    void whatIsOursIsLeftAsideWhereverItLies() throws IOException {
        Files.createDirectories(folder.resolve("r/lake/data"));
        Files.writeString(folder.resolve("r/lake/data/x.parquet"), "x");
        Files.writeString(folder.resolve("r/ledger.db"), "x");
        Files.writeString(folder.resolve("r/a.csv"), "x");
        leftAside.add(folder.resolve("r/../r/lake"));
        leftAside.add(folder.resolve("r/ledger.db"));
        assertThat(names(folder.resolve("r"))).containsExactly("r/a.csv");
    }

    @Test
    void aLinkIsTakenForTheFileItLeadsToAndToldWhereItLeadsToNone() throws IOException {
        Path reports = Files.createDirectories(folder.resolve("r"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x.csv"), "x");
        Files.createSymbolicLink(reports.resolve("good.csv"), elsewhere.resolve("x.csv"));
        Files.createSymbolicLink(reports.resolve("gone.csv"), elsewhere.resolve("y.csv"));
        Files.createSymbolicLink(reports.resolve("folder"), elsewhere);
        List<String> told = new ArrayList<>();
        new ReportFiles(List.of()).each(reports, file -> {
            try (InputStream in = file.open()) {
                told.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (BadReport | IOException e) {
                told.add(String.valueOf(e.getMessage()));
            }
        });
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).contains("a link to something that is no file");
        assertThat(told.get(1)).contains("gone.csv: a link to a file that does not exist");
        assertThat(told.get(2)).isEqualTo("x");
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
