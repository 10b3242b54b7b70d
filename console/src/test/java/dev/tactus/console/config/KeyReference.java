package dev.tactus.console.config;

import dev.tactus.settings.InvalidConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The reference of every key of a configuration file: what stands in a sample that has them all, put to the file's own
/// reader. What a reader knows, needs and expects is told by its refusals of samples with one change each.
final class KeyReference {
    /// One key.
    ///
    /// @param path dotted; `[]` is an element of a list
    /// @param accepts in the reader's own words
    /// @param otherwise what holds without it; empty where it is needed or a section
    record Key(String path, String accepts, boolean needed, String otherwise, String meaning) {
        String row() {
            return "| `" + path + "` | " + accepts + " | " + (needed ? "needed" : otherwise) + " | " + meaning + " |";
        }
    }

    private static final String UNKNOWN = "zzzzzzzzzzzz";
    private static final Pattern COMMENT = Pattern.compile("(?:<(\\w+)> )?(?:default(?: (`[^`]+`)|: (.+?))\\. )?(.*)");

    private final Function<String, String> reader;
    private final List<Object> samples = new ArrayList<>();
    private final Map<String, String> comments = new LinkedHashMap<>();
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Set<String> undescribed = new TreeSet<>();
    private final Set<String> wrongDefaults = new TreeSet<>();

    /// @param sample YAML documents of one key a line, each with what it means as its comment
    /// @param reader of a text, into a text that shows everything read
    KeyReference(String sample, Function<String, String> reader) {
        this.reader = reader;
        for (String document : sample.split("\n---\n", -1)) {
            comment(document);
            samples.add(load(document));
        }
        for (Object tree : samples) {
            String _ = reader.apply(dump(tree));
            section(tree, List.of(), tree);
        }
    }

    List<Key> keys() {
        return List.copyOf(keys.values());
    }

    /// Keys that the reader knows and the sample does not have, or does not explain.
    Set<String> undescribed() {
        return undescribed;
    }

    /// Keys whose default, as told, is not what holds without them.
    Set<String> wrongDefaults() {
        return wrongDefaults;
    }

    private void comment(String document) {
        Map<Integer, String> open = new LinkedHashMap<>();
        for (String line : document.lines().toList()) {
            Matcher key = Pattern.compile("([ -]*)([a-z0-9_]+):(?: .*?)??(?: # (.*))?")
                    .matcher(line);
            if (key.matches()) {
                int depth = key.group(1).length();
                open.keySet().removeIf(other -> other >= depth);
                open.put(depth, key.group(2));
                if (key.group(3) != null) {
                    comments.put(String.join(".", open.values()), key.group(3));
                }
            }
        }
    }

    private void section(Object tree, List<Object> at, Object value) {
        if (value instanceof Map<?, ?> map) {
            Optional<Set<String>> known = known(tree, at);
            map.forEach((name, inner) -> {
                List<Object> path = with(at, String.valueOf(name));
                boolean described = comments.containsKey(plain(path));
                if (described && known.isPresent()) {
                    keys.computeIfAbsent(shown(path), any -> key(tree, path, inner));
                }
                section(tree, path, inner);
            });
            known.ifPresent(names -> names.stream()
                    .map(name -> with(at, name))
                    .filter(path -> comments.getOrDefault(plain(path), "").isEmpty())
                    .forEach(path -> undescribed.add(shown(path))));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            section(tree, with(at, 0), list.getFirst());
        }
    }

    private Key key(Object tree, List<Object> path, Object value) {
        Matcher comment = COMMENT.matcher(comments.getOrDefault(plain(path), ""));
        if (!comment.matches()) {
            throw new IllegalStateException("no comment: " + path);
        }
        String name = String.valueOf(path.getLast());
        Object without = changed(tree, path, holder -> holder.remove(name));
        boolean needed = refusal(without)
                .filter(message -> message.endsWith("\"" + name + "\" is missing"))
                .isPresent();
        String otherwise = Optional.ofNullable(comment.group(2))
                .orElse(Optional.ofNullable(comment.group(3)).orElse(""));
        if (comment.group(2) != null && !needed) {
            Object said = load(otherwise.substring(1, otherwise.length() - 1));
            Object with = changed(tree, path, holder -> holder.put(name, said));
            if (!shown(reader, without).equals(shown(reader, with))) {
                wrongDefaults.add(shown(path) + ": " + otherwise);
            }
        }
        if (!needed && otherwise.isEmpty() && !(value instanceof Map)) {
            wrongDefaults.add(shown(path) + ": says no default, and is not needed");
        }
        return new Key(
                shown(path), accepts(tree, path, value), needed && otherwise.isEmpty(), otherwise, comment.group(4));
    }

    private String accepts(Object tree, List<Object> path, Object value) {
        return switch (value) {
            case Map<?, ?> map -> "section";
            case List<?> list when list.isEmpty() || list.getFirst() instanceof Map -> "list of sections";
            case List<?> list -> "list of: " + expected(tree, with(path, 0));
            default -> expected(tree, path);
        };
    }

    private String expected(Object tree, List<Object> path) {
        Optional<String> refused = refusal(changed(tree, path, "§"));
        if (refused.isEmpty()) {
            return "text";
        }
        String message = refused.get();
        if (message.contains("is not known; one of ")) {
            return Arrays.stream(message.split("one of ", 2)[1].split(", "))
                    .map(each -> "`" + each + "`")
                    .collect(Collectors.joining(", "));
        }
        if (message.contains(": cannot read ")) {
            return "a file that is there";
        }
        if (message.contains("this Tactus reads version 1")) {
            return "`1`";
        }
        if (message.contains(": expected ")) {
            return message.split(": expected ", 2)[1].replaceAll(", found .*", "");
        }
        Matcher example = Pattern.compile("such as ([^,]+)").matcher(message);
        return example.find() ? "text such as `" + example.group(1) + "`" : "text";
    }

    private Optional<Set<String>> known(Object tree, List<Object> at) {
        Object added = at.isEmpty() ? copy(tree) : changed(tree, with(at, UNKNOWN), "1");
        if (at.isEmpty()) {
            asMap(added).put(UNKNOWN, "1");
        }
        if (comments.getOrDefault(plain(at), "").contains("by their names")) {
            return Optional.empty(); // whoever writes the file makes the keys up
        }
        String message = refusal(added).orElseThrow(() -> new IllegalStateException("an unknown key is taken: " + at));
        int names = message.indexOf("known here: ");
        return names < 0
                ? Optional.empty()
                : Optional.of(Set.of(message.substring(names + 12).split(", ")));
    }

    private Optional<String> refusal(Object tree) {
        try {
            String _ = reader.apply(dump(tree));
            return Optional.empty();
        } catch (InvalidConfiguration e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String shown(Function<String, String> reader, Object tree) {
        try {
            return reader.apply(dump(tree));
        } catch (InvalidConfiguration e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Object changed(Object tree, List<Object> path, Object value) {
        Object last = path.getLast();
        if (last instanceof Integer) {
            return changed(tree, path.subList(0, path.size() - 1), List.of(value));
        }
        return changed(tree, path, holder -> holder.put(String.valueOf(last), value));
    }

    private static Object changed(Object tree, List<Object> path, Consumer<Map<String, Object>> change) {
        Object copy = copy(tree);
        Object holder = copy;
        for (Object step : path.subList(0, path.size() - 1)) {
            holder = step instanceof Integer index
                    ? ((List<?>) holder).get(index)
                    : Objects.requireNonNull(asMap(holder).get(step));
        }
        change.accept(asMap(holder));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }

    private static Object copy(Object tree) {
        return load(dump(tree));
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static String dump(Object tree) {
        return new Dump(DumpSettings.builder().build()).dumpToString(tree);
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static String plain(List<Object> path) {
        return path.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .reduce((a, b) -> a + "." + b)
                .orElse("");
    }

    private String shown(List<Object> path) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < path.size(); i++) {
            if (path.get(i) instanceof Integer) {
                shown.append("[]");
                continue;
            }
            Matcher comment = COMMENT.matcher(comments.getOrDefault(plain(path.subList(0, i + 1)), ""));
            String step =
                    comment.matches() && comment.group(1) != null ? comment.group(1) : String.valueOf(path.get(i));
            shown.append(shown.isEmpty() ? "" : ".").append(step);
        }
        return shown.toString();
    }
}
