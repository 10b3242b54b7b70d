package dev.tactus.serve.pages;

import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/// The files that pages load: a style sheet, a script, a mark. They come with the program.
public final class StaticFiles {
    private static final Map<String, String> TYPES = Map.of(
            "page.css", "text/css; charset=utf-8",
            "live.js", "text/javascript; charset=utf-8",
            "tactus.svg", "image/svg+xml");

    private StaticFiles() {}

    public static PageResponse get(String name) throws IOException {
        String type = TYPES.get(name);
        if (type == null) {
            throw new PageProblem(404, "there is no file " + name);
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new PageProblem(404, "there is no file " + name);
            }
            return PageResponse.of(200, type, in.readAllBytes()).with("Cache-Control", "max-age=300");
        }
    }
}
