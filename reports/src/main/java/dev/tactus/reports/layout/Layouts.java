package dev.tactus.reports.layout;

import dev.tactus.settings.InvalidConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The layouts there are: those that come with the program, and those of a folder of one's own. A layout of one's own
/// takes the place of a bundled one of the same name.
public final class Layouts {
    private static final List<String> BUNDLED = List.of(
            "amuse",
            "apple-financial",
            "apple-s1",
            "bandcamp",
            "beatport",
            "believe",
            "believe-europe",
            "believe-russian",
            "cd-baby",
            "clicknclear",
            "ddex-dsr",
            "deezer",
            "distrokid",
            "ditto",
            "fuga",
            "fuga-cargo",
            "imusician",
            "landr",
            "meta",
            "orchard",
            "orchard-period",
            "secretly-digital",
            "sonosuite",
            "soundcloud",
            "spotify-licensor",
            "symphonic",
            "tiktok",
            "traxsource",
            "tunecore",
            "youtube-financial");

    private final Map<String, Layout> byName;

    private Layouts(Map<String, Layout> byName) {
        this.byName = byName;
    }

    /// Those that come with the program.
    public static Layouts bundled() {
        Map<String, Layout> byName = new LinkedHashMap<>();
        for (String name : BUNDLED) {
            byName.put(name, LayoutReader.read("layouts/" + name + ".yaml", resource(name)));
        }
        return new Layouts(byName);
    }

    /// Those and one's own.
    ///
    /// @param folder whose `.yaml` files are layouts
    /// @throws InvalidConfiguration if one of them can't be used
    public static Layouts with(Path folder) {
        Layouts all = bundled();
        if (!Files.isDirectory(folder)) {
            throw new InvalidConfiguration(folder + ": no such folder (named by `reports: layouts:`)");
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                Layout own = read(file);
                Layout other = all.byName.put(own.name(), own);
                if (other != null && !BUNDLED.contains(own.name())) {
                    throw new InvalidConfiguration(
                            file + ": the name \"" + own.name() + "\" is already used by " + other.origin());
                }
            }
        } catch (IOException e) {
            throw new InvalidConfiguration(folder + ": cannot be read: " + e.getMessage());
        }
        return all;
    }

    /// The layout of that name, or in that file.
    ///
    /// @throws InvalidConfiguration if there is none, or it can't be used
    public Layout named(String nameOrFile) {
        Optional<Layout> known = Optional.ofNullable(byName.get(nameOrFile));
        return known.orElseGet(() -> {
            if (nameOrFile.endsWith(".yaml") || nameOrFile.contains("/")) {
                return read(Path.of(nameOrFile));
            }
            throw new InvalidConfiguration("no layout \"" + nameOrFile + "\"; known layouts are "
                    + String.join(", ", byName.keySet()) + "; or pass a .yaml file");
        });
    }

    public Collection<Layout> all() {
        return List.copyOf(new ArrayList<>(byName.values()));
    }

    private static Layout read(Path file) {
        try {
            return LayoutReader.read(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InvalidConfiguration(file + ": no such file");
        } catch (CharacterCodingException e) {
            throw new InvalidConfiguration(file + ": this is not a UTF-8 text file");
        } catch (IOException e) {
            throw new InvalidConfiguration(file + ": cannot be read: " + e.getMessage());
        }
    }

    private static String resource(String name) {
        try (InputStream in = Layouts.class.getResourceAsStream("layouts/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the layout " + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
