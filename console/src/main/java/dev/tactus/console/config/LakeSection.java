package dev.tactus.console.config;

import dev.tactus.lake.place.CatalogDatabase;
import dev.tactus.lake.place.CatalogPlace;
import dev.tactus.lake.place.CatalogService;
import dev.tactus.lake.place.CatalogService.CatalogToken;
import dev.tactus.lake.place.LakePlace;
import dev.tactus.settings.Section;
import dev.tactus.settings.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the lake is, in `tactus.yaml`: a folder, or files and a catalog each in a place of its own.
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
        CatalogPlace catalog = catalog(yaml.require("catalog").section(), folder);
        return new LakePlace(
                warehouse(yaml.require("warehouse"), catalog, folder),
                catalog,
                cache.flatMap(section -> section.find("folder"))
                        .map(v -> Configuration.path(v, folder))
                        .orElseGet(() -> folder.resolve("lake-cache")),
                cache.flatMap(section -> section.find("gigabytes"))
                                .map(v -> v.whole(1, MOST_GIGABYTES))
                                .orElse(USUAL_GIGABYTES)
                        << 30,
                yaml.find("s3").map(v -> s3(v.section())).orElseGet(Map::of));
    }

    private static String warehouse(Value value, CatalogPlace catalog, Path folder) {
        if (catalog instanceof CatalogService && !value.text().contains("://")) {
            return Configuration.path(value, folder).toString();
        }
        String address = value.text().replaceFirst("/+$", "");
        if (!address.matches("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*'()-]+)*")) {
            throw value.bad("expected s3://bucket or s3://bucket/prefix; for a folder write lake: ./lake");
        }
        return address;
    }

    private static CatalogPlace catalog(Section yaml, Path folder) {
        Value type = yaml.require("type");
        return switch (type.text()) {
            case "jdbc" -> database(yaml, folder);
            case "rest" -> service(yaml, folder);
            default -> throw type.bad("expected jdbc or rest");
        };
    }

    private static CatalogService service(Section yaml, Path folder) {
        yaml.only("type", "uri", "warehouse", "token", "token_file");
        Value uri = yaml.require("uri");
        if (!uri.text().matches("https?://[^/?#@\\s]+(/[^?#@\\s]*)?")) {
            throw uri.bad("expected an address such as http://127.0.0.1:8181");
        }
        Optional<CatalogToken> said = yaml.find("token").map(v -> new CatalogToken.Said(v.text()));
        Optional<CatalogToken> inFile =
                yaml.find("token_file").map(v -> new CatalogToken.InFile(Configuration.path(v, folder)));
        return new CatalogService(
                URI.create(uri.text()),
                yaml.find("warehouse").map(Value::text),
                inFile.or(() -> said).orElseGet(CatalogToken.None::new));
    }

    private static CatalogDatabase database(Section yaml, Path folder) {
        yaml.only("type", "uri");
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
