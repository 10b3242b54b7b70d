package dev.tactus.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A folder with a catalog, and a tactus.yaml that names one source.
final class SourceFolder {
    static final String DAY = "2026-03-14";

    private final Path folder;
    private final Map<String, String> variables = new LinkedHashMap<>();

    /// @param source what stands below the source's name in tactus.yaml
    SourceFolder(Path folder, int recordings, String source) throws IOException {
        this.folder = folder;
        StringBuilder catalog = new StringBuilder("isrc,title\n");
        isrcs(recordings)
                .forEach(isrc ->
                        catalog.append(isrc).append(",Title ").append(isrc).append('\n'));
        Files.writeString(folder.resolve("catalog.csv"), catalog);
        configure(source);
    }

    void configure(String source) throws IOException {
        Files.writeString(
                folder.resolve("tactus.yaml"),
                "version: 1\ncatalog: catalog.csv\nsources:\n  mine:\n" + source.indent(4));
    }

    /// Another source beside it.
    void alsoWith(String name, String source) throws IOException {
        Path file = folder.resolve("tactus.yaml");
        Files.writeString(file, Files.readString(file) + "  " + name + ":\n" + source.indent(4));
    }

    SourceFolder variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    static List<String> isrcs(int recordings) {
        return IntStream.range(0, recordings)
                .mapToObj(number -> String.format("DEA3326%05d", number))
                .toList();
    }

    Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    CommandResult run(String... words) {
        List<String> args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--config", folder.resolve("tactus.yaml").toString()));
        return CommandResult.of(variables, args.toArray(String[]::new));
    }

    CommandResult sync(String... more) {
        List<String> args = new ArrayList<>(List.of("sync", "--day", DAY));
        Collections.addAll(args, more);
        return run(args.toArray(String[]::new));
    }

    /// Rows of a query as CSV, sorted.
    List<String> rows(String sql) {
        CommandResult result = run("query", "--format", "csv", sql);
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out().lines().skip(1).sorted().toList();
    }

    void holds(String sql, List<String> expected) {
        assertThat(rows(sql))
                .containsExactlyElementsOf(expected.stream().sorted().toList());
    }

    /// Everything that lies in the folder or was printed, searched for a secret.
    void nowhere(String secret, CommandResult... results) {
        for (CommandResult result : results) {
            assertThat(result.out() + result.err()).doesNotContain(secret);
        }
        assertThat(rows("SELECT request FROM payloads")).noneMatch(row -> row.contains(secret));
    }
}
