package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds what README tells a newcomer: its commands exist, its exit codes are complete.
class FrontDoorTest {
    private static final Path README = Path.of("..", "README.md");

    @Test
    void everyCommandItNamesExists() throws IOException {
        List<String> unknown = new ArrayList<>();
        List<String> commands = Pattern.compile("(?m)(?:^|`)\\./tactus ([a-z-]+(?: [a-z-]+)?)")
                .matcher(Files.readString(README))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        for (String command : commands) {
            if (!command.matches("(test|package).*") && !exists(command)) {
                unknown.add(command);
            }
        }
        assertThat(commands).hasSizeGreaterThan(10);
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyExitCodeHasARow() throws IOException {
        assertThat(Files.readAllLines(README))
                .anyMatch(line -> line.startsWith("| 0 |"))
                .anyMatch(line -> line.startsWith("| 1 |"))
                .anyMatch(line -> line.startsWith("| 2 |"))
                .anyMatch(line -> line.startsWith("| 3 |"))
                .anyMatch(line -> line.startsWith("| 130, 143 |"));
    }

    /// The first word, or two of a group, is a command.
    private static boolean exists(String words) {
        String[] all = words.split(" ");
        return Stream.of(all.length, 1).anyMatch(n -> {
            List<String> args = new ArrayList<>(List.of(all).subList(0, n));
            args.add("--help");
            CommandResult help = CommandResult.of(args.toArray(String[]::new));
            return help.exit() == 0;
        });
    }
}
