package dev.tactus.music.identifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Reads 1,100 real ISRCs, where the samples lie beside the project.
class RealCatalogTest {
    @Test
    void readsEveryRealIsrc() throws IOException {
        List<String> rows = Files.readAllLines(sample("catalog/catalog-1100.csv"));
        List<Isrc> isrcs = rows.stream()
                .skip(1)
                .map(row -> Isrc.parse(row.substring(0, row.indexOf(','))))
                .toList();
        assertThat(isrcs).hasSize(1_100);
        assertThat(isrcs.stream().filter(isrc -> !isrc.hasListedPrefix())).isEmpty();
    }

    private static Path sample(String name) {
        for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/samples").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return abort("the samples are not here");
    }
}
