package dev.tactus.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The transitions that a state's documentation lists, as text.
public final class TransitionTable {
    private TransitionTable() {}

    /// Reads the table in the documentation of an enum of this room.
    ///
    /// @return what follows by state, then by event
    public static Map<String, Map<String, String>> of(Class<? extends Enum<?>> states) throws IOException {
        List<String> all =
                Arrays.stream(states.getEnumConstants()).map(Enum::name).toList();
        Map<String, Map<String, String>> next = new HashMap<>();
        Path source = Path.of("src/main/java", states.getName().replace('.', '/') + ".java");
        for (String line : Files.readAllLines(source)) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("/// |")
                    && !line.contains("---")
                    && !cells[1].strip().equals("from")) {
                for (String from : states(cells[1].strip(), all)) {
                    for (String event : cells[2].strip().split(", ", -1)) {
                        String before = next.computeIfAbsent(from, state -> new HashMap<>())
                                .put(event, cells[3].strip());
                        if (before != null) {
                            throw new IllegalStateException("listed twice: " + from + " " + event);
                        }
                    }
                }
            }
        }
        return next;
    }

    private static List<String> states(String cell, List<String> all) {
        String but = cell.startsWith("any but ") ? cell.substring(8) : "";
        return cell.startsWith("any")
                ? all.stream().filter(state -> !state.equals(but)).toList()
                : List.of(cell.split(", ", -1));
    }
}
