package dev.tactus.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Turns a YAML document into [Section]s and [Value]s that keep the line of every key.
final class Document {
    private final Variables variables;
    private final Set<Node> open = new HashSet<>();

    private Document(Variables variables) {
        this.variables = variables;
    }

    static Section read(Path file, UnaryOperator<@Nullable String> variables) {
        try {
            return parse(file.toString(), Files.readString(file), variables);
        } catch (NoSuchFileException e) {
            throw new InvalidConfiguration(file + ": there is no such file");
        } catch (CharacterCodingException e) {
            throw new InvalidConfiguration(file + ": this is not a UTF-8 text file");
        } catch (IOException e) {
            throw new InvalidConfiguration(file + ": cannot be read: " + e.getMessage());
        }
    }

    static Section parse(String name, String yaml, UnaryOperator<@Nullable String> variables) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(1_000)
                .build();
        if (yaml.length() > settings.getCodePointLimit()) {
            throw new InvalidConfiguration(name + ": the file has " + yaml.length() + " characters, more than the "
                    + settings.getCodePointLimit()
                    + " (3 MB) that are read as YAML; a list as long as that belongs into a"
                    + " file of its own, such as applications_file in gateway.yaml");
        }
        try {
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                return new Document(new Variables(variables)).section(mapping, new SettingLocation(name, 1, ""));
            }
            throw new InvalidConfiguration(name + ":1: expected \"key: value\" lines here");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new InvalidConfiguration(name + ":" + line + ": this is not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new InvalidConfiguration(name + ": this is not valid YAML: " + e.getMessage());
        }
    }

    private Section section(MappingNode mapping, SettingLocation place) {
        if (!open.add(mapping)) {
            throw place.bad("this alias contains itself");
        }
        Map<String, Value> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new SettingLocation(place.file(), line, place.path()).bad("a key must be a plain word");
            }
            String name = key.getValue();
            SettingLocation at = place.key(name, line);
            Integer earlier = lines.putIfAbsent(name, line);
            if (earlier != null) {
                throw at.bad("this key stands here a second time; first on line " + earlier);
            }
            entries.put(name, value(tuple.getValueNode(), at));
        }
        open.remove(mapping);
        return new Section(place, entries);
    }

    private Value value(Node node, SettingLocation place) {
        return switch (node) {
            case MappingNode mapping -> new Value(place, variables, section(mapping, place));
            case SequenceNode sequence -> new Value(place, variables, list(sequence, place));
            case ScalarNode scalar ->
                new Value(place, variables, new Value.Scalar(scalar.getValue(), scalar.isPlain()));
            default -> throw place.bad("a value of this form cannot be used here");
        };
    }

    private List<Value> list(SequenceNode sequence, SettingLocation place) {
        if (!open.add(sequence)) {
            throw place.bad("this alias contains itself");
        }
        List<Value> values = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            values.add(value(element, place.element(values.size(), line(element))));
        }
        open.remove(sequence);
        return List.copyOf(values);
    }

    private int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
