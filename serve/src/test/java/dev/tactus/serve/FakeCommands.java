package dev.tactus.serve;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.answers.CommandRunner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/// Commands that answer what a test says, and remember who asked them what.
public final class FakeCommands implements CommandRunner {
    private static final JsonMapper MAPPER = new JsonMapper();

    /// The person who asked, or nobody, and the words.
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<String, CommandAnswer> answers = new ConcurrentHashMap<>();

    /// What commands that begin with these words answer from now on.
    public FakeCommands on(String words, String json) {
        return on(words, 0, json);
    }

    public FakeCommands on(String words, int exit, String json) {
        answers.put(words, new CommandAnswer(exit, MAPPER.readTree(json), ""));
        return this;
    }

    @Override
    public CommandAnswer run(Optional<String> person, List<String> words) {
        String line = String.join(" ", words);
        asked.add(person.map(name -> name + ": ").orElse("") + line);
        return answers.entrySet().stream()
                .filter(answer -> line.startsWith(answer.getKey()))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .map(Map.Entry::getValue)
                .orElseGet(() -> new CommandAnswer(
                        2, MAPPER.readTree("{\"ok\":false,\"error\":\"nobody said what " + line + " answers\"}"), ""));
    }
}
