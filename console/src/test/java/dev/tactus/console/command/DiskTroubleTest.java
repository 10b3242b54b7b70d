package dev.tactus.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiskTroubleTest {
    @Test
    void aFullDiskIsNoFaultOfTheProgramWhereverItIsMet() {
        IOException full = new FileSystemException("/books/spotify.csv", null, "No space left on device");

        assertThat(CommandErrors.message(new UncheckedIOException(full)))
                .contains("the disk is full (/books/spotify.csv)", "Nothing is lost", "run the same command again");
        assertThat(CommandErrors.message(new IllegalStateException("wrapped", new UncheckedIOException(full))))
                .contains("the disk is full");
    }

    @Test
    void anotherTroubleWithAFileIsToldWithItsName() {
        assertThat(CommandErrors.message(
                        new UncheckedIOException(new FileSystemException("/books/a.csv", null, "Is a directory"))))
                .contains("/books/a.csv", "Is a directory", "Look to the disk")
                .doesNotContain("unexpected");
    }

    @Test
    void whatHasNothingToDoWithADiskStaysAFaultOfTheProgram() {
        assertThat(CommandErrors.message(new IllegalStateException("odd"))).startsWith("unexpected: ");
    }

    @Test
    void eachDiskThatIsNamedIsToldOnceWithWhatIsFreeThere() {
        String message = "the lake /nowhere/lake can't be copied to /nowhere/backup by run/1: the disk is full.";

        assertThat(DiskTrouble.space(new IOException("x"), message, Optional::empty))
                .startsWith(" Free now: ")
                .containsOnlyOnce(" where / is");
        assertThat(DiskTrouble.space(new IOException("x"), "something else", Optional::empty))
                .isEmpty();
    }
}
