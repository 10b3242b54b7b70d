package dev.tactus.simulator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.music.Artist;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvCatalogTest {
    @TempDir
    private Path folder;

    @Test
    void servesWhatTheFileSays() throws IOException {
        CsvCatalog catalog = CsvCatalog.read(file("""
                        title,isrc,track_uri,artists,album,release_date,duration_ms,explicit,label
                        "Rain, Again",usum72409273,spotify:track:0DfG1ltJnZyq4Tx3ZLL7ZU,Ana;Björn,Wet,1985-02,202236,True,Tin
                        "Rain, Again",US-UM7-24-09273,,Ana;Björn,Best of,1999,202300,True,Tin
                        nobody,not an isrc,,,,,,,
                        Plain,GBAAA0000001,,,,,,,
                        """), 1);
        Isrc rain = new Isrc("USUM72409273");
        List<Track> tracks = catalog.tracksOf(rain);
        assertThat(catalog.recordings()).isEqualTo(2);
        assertThat(tracks).hasSize(2);
        Track first = tracks.getFirst();
        assertThat(first.id()).isEqualTo("0DfG1ltJnZyq4Tx3ZLL7ZU");
        assertThat(first.title()).isEqualTo("Rain, Again");
        assertThat(first.artists()).extracting(Artist::name).containsExactly("Ana", "Björn");
        assertThat(first.durationMs()).isEqualTo(202_236);
        assertThat(first.explicit()).isTrue();
        assertThat(first.albumTitle()).isEqualTo("Wet");
        assertThat(tracks.getLast().id()).hasSize(22).isNotEqualTo(first.id());
        assertThat(catalog.track(tracks.getLast().id())).contains(tracks.getLast());
        assertThat(catalog.recording(0).label()).isEqualTo("Tin");
        assertThat(catalog.recording(1).durationMs()).isNull();
        assertThat(catalog.tracksOf(new Isrc("GBAAA0000001")).getFirst().durationMs())
                .isPositive();
    }

    @Test
    void refusesAFileWithoutRecordings() throws IOException {
        Path empty = file("isrc,title\n,\n");
        assertThatThrownBy(() -> CsvCatalog.read(empty, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no row with a valid ISRC");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("catalog.csv"), text);
    }
}
