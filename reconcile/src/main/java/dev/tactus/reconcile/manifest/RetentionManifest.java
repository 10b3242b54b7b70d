package dev.tactus.reconcile.manifest;

import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.retention.ReleasedFile;
import dev.tactus.lake.table.FileDigest;
import dev.tactus.ledger.retention.RetentionRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What lies in the lake of a retention: the digests of the files whose bytes were let go, what took their places, and
/// who let them go.
///
/// @param record what the ledger says of it, or should
/// @param json what the manifest says
public record RetentionManifest(RetentionRecord record, JsonNode json) {
    public static final String FOLDER = "retention";

    /// What a close's manifest calls the digest of the last retention before it.
    public static final String HEAD = "retention_sha256";

    private static final String FORMAT = "tactus-retention/1";

    /// The path of a retention's manifest, relative to the lake's folder.
    public static String path(String id) {
        return FOLDER + "/" + id + ".json";
    }

    /// The path of the digest that lies beside it: the last one is named by no other.
    public static String sums(String id) {
        return FOLDER + "/" + id + ".sha256";
    }

    /// That digest, as `sha256sum -c` reads it.
    public static byte[] sums(String id, String sha256) {
        return (sha256 + "  " + id + ".json\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// The ids of those that are there, in the order of their names.
    public static List<String> ids(Lake lake) {
        return lake.folder().names(FOLDER).stream()
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.substring(0, name.length() - ".json".length()))
                .sorted()
                .toList();
    }

    /// Writes one.
    ///
    /// @param draft the record without the manifest's digest
    /// @param close the digest of the newest link of the chain of closes
    public static CanonicalJson write(RetentionRecord draft, Optional<String> close, List<ReleasedFile> files) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("number", draft.number());
        json.put("id", draft.id());
        json.put("kind", draft.kind());
        json.put("before", draft.before().toString());
        json.put("by", draft.by());
        json.put("reason", draft.reason());
        json.put("forced", draft.forced());
        json.put("rows", draft.rows());
        json.put("dead_letters", draft.deadLetters());
        json.put("previous_sha256", draft.previousSha256().orElse(null));
        json.put("close_sha256", close.orElse(null));
        json.put("at", draft.at().toString());
        json.put("files", files.stream().map(RetentionManifest::file).toList());
        return CanonicalJson.of(json);
    }

    private static Map<String, Object> file(ReleasedFile released) {
        Map<String, Object> json = new LinkedHashMap<>(file(released.file()));
        json.put("table", released.file().table().label());
        json.put("released", released.released());
        json.put("replaced_by", file(released.replacement()));
        return json;
    }

    private static Map<String, Object> file(FileDigest file) {
        return Map.of("path", file.path(), "rows", file.rows(), "bytes", file.bytes(), "sha256", file.sha256());
    }

    /// Reads one; empty where it is not there, or is none.
    public static Optional<RetentionManifest> of(Lake lake, String id) {
        return content(lake, id)
                .flatMap(content -> content.read()
                        .filter(says -> says.path("format").asString("").equals(FORMAT))
                        .map(says -> new RetentionManifest(record(id, content.sha256(), says), says)));
    }

    private static Optional<CanonicalJson> content(Lake lake, String id) {
        try {
            return Optional.of(
                    new CanonicalJson(Files.readAllBytes(lake.folder().resolve(path(id)))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw LakeFailures.of("the file " + path(id) + " of the lake can't be read", e);
        }
    }

    private static RetentionRecord record(String id, String sha256, JsonNode says) {
        return new RetentionRecord(
                says.path("number").asLong(0),
                id,
                says.path("kind").asString(""),
                LocalDate.parse(says.path("before").asString("")),
                says.path("by").asString(""),
                says.path("reason").asString(""),
                says.path("forced").asBoolean(false),
                says.path("rows").asLong(0),
                says.path("dead_letters").asLong(0),
                path(id),
                sha256,
                says.path("previous_sha256").asStringOpt(),
                Instant.parse(says.path("at").asString("")));
    }

    /// What it says a file had as its digest; absent where it does not name the file.
    public Optional<String> sha256(String path) {
        return json.path("files")
                .valueStream()
                .filter(file -> file.path("path").asString("").equals(path))
                .map(file -> file.path("sha256").asString(""))
                .findFirst();
    }
}
