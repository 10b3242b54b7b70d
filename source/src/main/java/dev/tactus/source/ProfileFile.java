package dev.tactus.source;

import dev.tactus.settings.BadSetting;
import dev.tactus.settings.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the file of a profile, and the files it extends.
final class ProfileFile {

    private static final int DEEPEST = 8;

    private ProfileFile() {}

    static Layers open(String nameOrPath, Path relativeTo) {
        List<Layers.Layer> layers = new ArrayList<>();
        String next = nameOrPath;
        Path from = relativeTo;
        while (true) {
            Layers.Layer layer = one(next, from);
            layers.add(layer);
            var base = layer.section().find("extends");
            if (base.isEmpty()) {
                return new Layers(layers);
            }
            if (layers.size() == DEEPEST) {
                throw base.get().bad("profiles extend one another " + DEEPEST + " deep or in a circle");
            }
            next = base.get().text();
            from = layer.home() instanceof ProfileHome.Folder(Path folder) ? folder : from;
        }
    }

    private static Layers.Layer one(String nameOrPath, Path relativeTo) {
        if (nameOrPath.matches("[a-z0-9][a-z0-9-]*")) {
            ProfileHome.Bundled bundled = new ProfileHome.Bundled(nameOrPath);
            if (bundled.exists()) {
                return new Layers.Layer(
                        Section.parse("bundled profile " + nameOrPath, bundled.yaml(), name -> null), bundled);
            }
        }
        Path file = relativeTo.resolve(nameOrPath);
        if (!Files.isRegularFile(file)) {
            throw new BadSetting("there is no profile \"" + nameOrPath
                    + "\": bundled are spotify-for-artists and deezer, and there is no file " + file);
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(relativeTo);
        return new Layers.Layer(Section.read(file, name -> System.getenv(name)), new ProfileHome.Folder(folder));
    }
}
