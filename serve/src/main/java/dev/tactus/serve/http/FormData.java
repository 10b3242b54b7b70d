package dev.tactus.serve.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a form has sent: fields, and files in a folder of their own that goes when this is closed.
///
/// @param folder where the files lie; empty where there are none
public record FormData(Map<String, String> fields, List<SentFile> files, Optional<Path> folder)
        implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    /// A file as it was sent.
    ///
    /// @param name as the sender calls it, without folders
    public record SentFile(String name, Path path) {}

    /// Reads the body of a request.
    ///
    /// @throws PageProblem if it is no form, or too long
    public static FormData read(PageRequest request) throws IOException {
        String type = request.header("content-type").orElse("");
        if (type.startsWith("multipart/form-data")) {
            return MultipartReader.read(request.body(), type);
        }
        if (!type.isEmpty() && !type.startsWith("application/x-www-form-urlencoded")) {
            throw new PageProblem(415, "expected a form, found " + type);
        }
        byte[] body = request.body().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw new PageProblem(413, "the form is longer than " + LONGEST + " bytes");
        }
        return new FormData(FormFields.parse(new String(body, StandardCharsets.UTF_8)), List.of(), Optional.empty());
    }

    /// A field; empty where it wasn't sent.
    public String text(String name) {
        return fields.getOrDefault(name, "");
    }

    static FormData of(Map<String, String> fields, List<SentFile> files, Path folder) {
        return new FormData(new LinkedHashMap<>(fields), new ArrayList<>(files), Optional.of(folder));
    }

    @Override
    public void close() throws IOException {
        for (SentFile file : files) {
            Files.deleteIfExists(file.path());
        }
        if (folder.isPresent()) {
            Files.deleteIfExists(folder.get());
        }
    }
}
