package dev.tactus.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.CommandResult;
import dev.tactus.console.source.StandInService.Answer;
import dev.tactus.source.profile.SourceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds that what docs/profiles.md shows works as it says.
class ProfilesPageTest {
    private static final Path PAGE = Path.of("../docs/profiles.md");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theFirstProfileLandsRows() throws IOException {
        try (StandInService service = StandInService.start(ask -> ask.path().equals("/v2/songs")
                        && ask.header("x-api-key").equals("k3y")
                        && ask.list("isrc").size() <= 20
                ? Answer.json(ask.list("isrc").stream()
                        .map(isrc -> "{\"id\": 17, \"isrc\": \"" + isrc + "\", \"name\": \"One\", \"seconds\": 201,"
                                + " \"artists\": [{\"name\": \"Ann\"}]}")
                        .collect(Collectors.joining(",", "{\"songs\": [", "]}")))
                : Answer.json(401, "{\"error\": \"key\"}"))) {
            SourceFolder house = new SourceFolder(
                            folder,
                            30,
                            "profile: songs.yaml\nbase_url: " + service.uri() + "\n"
                                    + "credentials: {api_key: \"${SONGS_API_KEY}\"}")
                    .variable("SONGS_API_KEY", "k3y");
            Path profile = house.write("songs.yaml", blocks().getFirst());

            CommandResult lint = CommandResult.of("profile", "check", profile.toString());
            assertThat(lint.exit()).as(lint.out()).isZero();
            assertThat(house.run("check").exit()).isZero();
            CommandResult trial = house.run("profile", "try", profile.toString(), "--isrc", "USRC17607839");
            assertThat(trial.exit()).as(trial.out() + trial.err()).isZero();
            assertThat(trial.out())
                    .contains("GET /v2/songs?isrc=USRC17607839 -> HTTP 200", "/seconds", "201", "17: TrackFound");
            assertThat(house.sync().exit()).isZero();
            assertThat(house.rows("SELECT isrc, title, duration_ms FROM tracks"))
                    .hasSize(30);

            house.write("songs.yaml", blocks().getFirst().replace("/name\n", "/title\n"));
            CommandResult wrong = house.run("profile", "try", profile.toString(), "--isrc", "USRC17607839");
            assertThat(wrong.exit()).as(wrong.out()).isEqualTo(3);
            assertThat(wrong.out()).contains("NOT OK", "expected a text, found nothing");
        }
    }

    @Test
    void everyMistakeIsToldWithItsLine() throws IOException {
        Path profile = Files.writeString(folder.resolve("mine.yaml"), """
                profile: 1
                name: mine
                auth: {kind: api_key}
                errors: [{status: 404, means: nothing}]
                track: {title: /title}
                datasets:
                  tracks: {path: "/{isrk}"}
                """);

        CommandResult lint = CommandResult.of("profile", "check", profile.toString());

        assertThat(lint.exit()).isEqualTo(2);
        assertThat(lint.out()).contains("mine.yaml:3", "mine.yaml:4", "mine.yaml:7", "3 errors");
    }

    static Stream<String> lines() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("(auth|pages): \\{.*|\\| .* \\| `\\{.*territory.*"))
                .map(line -> line.startsWith("|")
                        ? "rows: " + line.replaceFirst("^.*`(\\{.*\\})` \\|$", "$1")
                        : line.replaceFirst(" +#.*", ""));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void eachLineIsTaken(String line) throws IOException {
        boolean auth = line.startsWith("auth");
        Path profile = Files.writeString(
                folder.resolve("mine.yaml"),
                "profile: 1\nname: mine\n" + (auth ? line : "auth: {kind: none}") + "\ndatasets:\n  streams:\n"
                        + "    path: \"/{isrc}/{day}\"\n    items: /items\n"
                        + (line.startsWith("rows") ? "" : "    rows: {territory: WW, count: /count}\n")
                        + (auth ? "" : "    " + line + "\n"));

        CommandResult lint = CommandResult.of("profile", "check", profile.toString());

        assertThat(lint.exit()).as(line + "\n" + lint.out()).isZero();
    }

    static Stream<String> bundled() {
        return SourceProfile.bundled().stream();
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void initWritesAFirstSourceForEachBundledProfile(String name) throws IOException {
        Path config = folder.resolve("tactus.yaml");
        Files.writeString(folder.resolve("catalog.csv"), "isrc\nUSRC17607839\n");
        assertThat(CommandResult.of("init", "--source", name, "--config", config.toString())
                        .exit())
                .isZero();
        String written = Files.readString(config);
        Map<String, String> variables = Pattern.compile("\\$\\{([A-Z_]+)}")
                .matcher(written)
                .results()
                .map(found -> found.group(1))
                .filter(variable -> !variable.equals("NAME"))
                .distinct()
                .collect(Collectors.toMap(variable -> variable, variable -> "x"));

        CommandResult plan = CommandResult.of(
                variables, "plan", "--day", "2026-03-14", "--datasets", "tracks", "--config", config.toString());

        assertThat(plan.exit()).as(written + plan.err()).isZero();
        assertThat(written).contains("\n  " + name + ":\n    profile: " + name);
    }

    private static List<String> blocks() throws IOException {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
