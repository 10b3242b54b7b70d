package dev.tactus.source.profile;

import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the file of a profile, and the files it extends.
final class ProfileLoader {
    private static final int DEEPEST = 8;

    /// The profiles that are shipped, by name.
    static final List<String> BUNDLED = List.of(
            "apple-music",
            "deezer",
            "musicbrainz",
            "songstats",
            "soundcharts",
            "spotify-for-artists",
            "spotify-web-api",
            "tidal");

    private ProfileLoader() {}

    static ProfileLayers open(String nameOrPath, Path relativeTo) {
        List<ProfileLayers.Layer> layers = new ArrayList<>();
        String next = nameOrPath;
        Path from = relativeTo;
        while (true) {
            ProfileLayers.Layer layer = one(next, from);
            layers.add(layer);
            var base = layer.section().find("extends");
            if (base.isEmpty()) {
                return new ProfileLayers(layers);
            }
            if (layers.size() == DEEPEST) {
                throw base.get().bad("profiles extend one another " + DEEPEST + " deep or in a circle");
            }
            next = base.get().text();
            from = layer.home() instanceof ProfileLocation.Folder(Path folder) ? folder : from;
        }
    }

    private static ProfileLayers.Layer one(String nameOrPath, Path relativeTo) {
        if (nameOrPath.matches("[a-z0-9][a-z0-9-]*")) {
            ProfileLocation.Bundled bundled = new ProfileLocation.Bundled(nameOrPath);
            if (bundled.exists()) {
                return new ProfileLayers.Layer(
                        Section.parse("bundled profile " + nameOrPath, bundled.yaml(), name -> null), bundled);
            }
        }
        Path file = relativeTo.resolve(nameOrPath);
        if (!Files.isRegularFile(file)) {
            throw new InvalidConfiguration("there is no profile \"" + nameOrPath + "\": bundled are "
                    + String.join(", ", BUNDLED) + ", and there is no file " + file);
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(relativeTo);
        return new ProfileLayers.Layer(
                Section.read(file, name -> System.getenv(name)), new ProfileLocation.Folder(folder));
    }
}
