package dev.tactus.console.config;

import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the lake is, in `tactus.yaml`: a folder, or an object store with a catalog beside it.
final class LakeSection {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final long USUAL_GIGABYTES = 20;
    private static final long MOST_GIGABYTES = 100_000;

    private LakeSection() {}

    static LakePlace read(Value value, Path folder) {
        if (!value.isSection()) {
            if (value.text().contains("://")) {
                throw value.bad("a lake in a store needs its catalog beside it: lake: {warehouse: " + value.text()
                        + ", catalog: {type: jdbc, uri: jdbc:sqlite:./catalog.db}}");
            }
            return LakePlace.in(Configuration.path(value, folder));
        }
        Section yaml = value.section();
        yaml.only("warehouse", "catalog", "cache", "s3");
        Optional<Section> cache = yaml.find("cache").map(Value::section);
        cache.ifPresent(section -> section.only("folder", "gigabytes"));
        return new LakePlace(
                warehouse(yaml.require("warehouse")),
                catalog(yaml.require("catalog").section(), folder),
                cache.flatMap(section -> section.find("folder"))
                        .map(v -> Configuration.path(v, folder))
                        .orElseGet(() -> folder.resolve("lake-cache")),
                cache.flatMap(section -> section.find("gigabytes"))
                                .map(v -> v.whole(1, MOST_GIGABYTES))
                                .orElse(USUAL_GIGABYTES)
                        << 30,
                yaml.find("s3").map(v -> s3(v.section())).orElseGet(Map::of));
    }

    private static String warehouse(Value value) {
        String address = value.text().replaceFirst("/+$", "");
        if (!address.matches("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*'()-]+)*")) {
            throw value.bad("expected s3://bucket or s3://bucket/prefix; for a folder write lake: ./lake");
        }
        return address;
    }

    private static CatalogDatabase catalog(Section yaml, Path folder) {
        yaml.only("type", "uri");
        Value type = yaml.require("type");
        if (type.text().equals("rest")) {
            throw type.bad("Tactus' own catalog is in a database so far: type: jdbc. tactus lake serve offers it to"
                    + " others by Iceberg's REST protocol");
        }
        if (!type.text().equals("jdbc")) {
            throw type.bad("expected jdbc");
        }
        Value uri = yaml.require("uri");
        if (uri.text().startsWith(SQLITE)) {
            return new CatalogDatabase(SQLITE
                    + folder.resolve(uri.text().substring(SQLITE.length())).normalize());
        }
        if (!uri.text().startsWith("jdbc:postgresql:")) {
            throw uri.bad("expected jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE");
        }
        return new CatalogDatabase(uri.text());
    }

    private static Map<String, String> s3(Section yaml) {
        yaml.only("endpoint", "region", "path_style");
        Map<String, String> settings = new HashMap<>();
        for (String name : List.of("endpoint", "region")) {
            yaml.find(name).ifPresent(v -> settings.put(name, v.text()));
        }
        settings.put(
                "path_style",
                Boolean.toString(yaml.find("path_style").map(Value::flag).orElse(false)));
        return settings;
    }
}
