package dev.tactus.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.Console;
import dev.tactus.console.output.Machine;
import dev.tactus.lake.table.LakeTable;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// Holds that every command and every group of commands explains itself.
class HelpTest {
    static Stream<String> commands() {
        return words(line(), "");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String words) {
        CommandResult help = CommandResult.of((words + " --help").strip().split(" "));

        assertThat(help.exit()).as(help.err()).isZero();
        assertThat(help.out()).startsWith("Usage: tactus" + (words.isEmpty() ? "" : " " + words));
        assertThat(help.out().lines()).as("no line wider than a terminal").allMatch(line -> line.length() <= 120);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void theTopLevelListsEveryCommandByAllItsWords() {
        String help = CommandResult.of("--help").out();
        assertThat(help).doesNotContain("%n").containsPattern("(?m)^  help +[A-Z]");

        commands()
                .filter(words -> !words.isEmpty() && !isGroup(words))
                .forEach(words -> assertThat(help).containsPattern("(?m)^  " + words + "  +[A-Z].*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"runs", "dead-letters", "drift", "limits", "reports", "lake", "ledger", "periods", "variances"})
    void aGroupListsItsCommandsAndAsksForOne(String group) {
        assertThat(CommandResult.of(group, "--help").out()).contains("Commands:");

        CommandResult alone = CommandResult.of(group);
        assertThat(alone.exit()).isEqualTo(2);
        assertThat(alone.err())
                .startsWith("tactus: tactus " + group + " needs a command: ")
                .contains(Objects.requireNonNull(line().getSubcommands().get(group))
                        .getSubcommands()
                        .keySet());
    }

    @Test
    void theHelpOfQueryNamesEveryTable() {
        assertThat(CommandResult.of("query", "--help").out())
                .contains(Stream.of(LakeTable.values()).map(LakeTable::label).toList());
    }

    @Test
    void helpIsACommandToo() {
        assertThat(CommandResult.of("help", "sync").out()).startsWith("Usage: tactus sync");
    }

    @Test
    void everyExitCodeIsNamed() {
        assertThat(CommandResult.of("--help").out()).containsPattern("Exit codes: 0 .* 1 .* 2 [\\s\\S]*3 .*130 .*143 ");
    }

    @Test
    void theCompletionKnowsEveryCommandAndItsOptions() {
        String script = CommandResult.of("completion").out();

        assertThat(script).contains("complete -F _complete_tactus", "--max-wait", "unmatched", "dead-letters");
    }

    private static boolean isGroup(String words) {
        CommandLine line = line().getSubcommands().get(words);
        return line != null && !line.getSubcommands().isEmpty();
    }

    private static Stream<String> words(CommandLine line, String words) {
        return Stream.concat(
                Stream.of(words),
                line.getSubcommands().entrySet().stream()
                        .filter(command -> !command.getKey().equals("help"))
                        .flatMap(command -> words(command.getValue(), (words + " " + command.getKey()).strip())));
    }

    private static CommandLine line() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return Tactus.line(new Console(nowhere, nowhere, name -> null, Machine.real(), 0));
    }
}
