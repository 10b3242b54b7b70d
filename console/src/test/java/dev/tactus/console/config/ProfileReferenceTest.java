package dev.tactus.console.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.music.Dataset;
import dev.tactus.source.profile.SourceProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds that docs/profiles.md has every key of a profile, as the reader takes it.
class ProfileReferenceTest {
    private static final Path PAGE = Path.of("../docs/profiles.md");
    private static final String HEADING = "## Every key\n";

    @TempDir
    private static Path folder;

    private static KeyReference reference;

    @BeforeAll
    static void readTheSample() throws IOException {
        Files.writeString(folder.resolve("any.json"), "{}");
        Files.writeString(folder.resolve("base.yaml"), "profile: 1\n");
        reference = new KeyReference(sample(), ProfileReferenceTest::read);
    }

    @Test
    void everyKeyOfTheReaderIsDescribed() {
        assertThat(reference.undescribed()).isEmpty();
    }

    @Test
    void withoutAKeyItsDefaultHolds() {
        assertThat(reference.wrongDefaults()).isEmpty();
    }

    @Test
    void thePageSaysWhatTheReaderAccepts() throws IOException {
        String page = Files.readString(PAGE);
        String whole = page.substring(0, page.indexOf(HEADING)) + HEADING + """

                This part is generated from what the reader accepts; a test holds it.
                A key that is not known, and a value of another form, is refused with file, line, key and what would be right.
                All pointers are JSON pointers (RFC 6901), from the answer or, within an item, from the item.

                | key | accepts | default | meaning |
                | --- | --- | --- | --- |
                """
                + reference.keys().stream().map(KeyReference.Key::row).collect(Collectors.joining("\n")) + "\n";
        if ("write".equals(System.getProperty("tactus.reference"))) {
            Files.writeString(PAGE, whole);
        }
        assertThat(PAGE).hasContent(whole);
    }

    private static String read(String yaml) {
        try {
            Files.writeString(folder.resolve("profile.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SourceProfile profile = SourceProfile.load("profile.yaml", folder);
        List<Object> all = new ArrayList<>(List.of(
                profile.name(),
                profile.auth(),
                profile.headers(),
                profile.limits(),
                profile.errors(),
                profile.paths(),
                profile.precision(),
                profile.resolvedIdsFresh(),
                profile.absentIdsFresh(),
                profile.pendingRetry(),
                profile.resolveLandsTracks()));
        for (Dataset dataset : profile.datasets()) {
            all.add(profile.endpoint(dataset));
        }
        if (profile.resolves()) {
            all.add(profile.resolveEndpoint());
        }
        return all.toString().replaceAll("@[0-9a-f]+", "");
    }

    private static String sample() {
        try (InputStream sample =
                Objects.requireNonNull(ProfileReferenceTest.class.getResourceAsStream("profile-reference.yaml"))) {
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
