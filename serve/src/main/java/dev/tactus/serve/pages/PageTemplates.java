package dev.tactus.serve.pages;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.signin.Viewer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Fills templates. What came from outside is escaped by them: no template says that a value is HTML, but for the body
/// of the frame, which a template made, and for pictures that escape by themselves. Thread-safe.
public final class PageTemplates {
    /// The pages that the bar at the top leads to.
    private static final List<String> BAR = List.of(
            "today",
            "runs",
            "statements",
            "unmatched",
            "variances",
            "periods",
            "drift",
            "dead-letters",
            "limits",
            "schedule",
            "events");

    private final PageTexts texts;
    private final Map<String, Template> compiled = new ConcurrentHashMap<>();
    private final Mustache.Compiler compiler = Mustache.compiler()
            .defaultValue("")
            .withEscaper(words -> Escapers.HTML.escape(words.replaceAll("\\p{Cntrl}", " ")));

    public PageTemplates(PageTexts texts) {
        this.texts = texts;
    }

    public PageTexts texts() {
        return texts;
    }

    /// A whole page.
    ///
    /// @param current which page of the bar it belongs to
    /// @param title what it is about
    /// @param name of the template of its body
    /// @param model what stands in it; the texts are there as `t.name`
    public PageResponse page(
            int status, Viewer viewer, String current, String title, String name, Map<String, ?> model) {
        Map<String, Object> body = new LinkedHashMap<>(model);
        body.put("csrf", viewer.csrf());
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("title", title);
        frame.put("bar", bar(current));
        frame.put("csrf", viewer.csrf());
        frame.put("person", viewer.name().orElse(null));
        frame.put("body", fill(name, body));
        return PageResponse.of(status, PageResponse.HTML, fill("frame", frame));
    }

    private List<Map<String, Object>> bar(String current) {
        List<Map<String, Object>> bar = new ArrayList<>();
        for (String name : BAR) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("path", "/" + name);
            entry.put("name", texts.text("list." + name));
            entry.put("current", name.equals(current));
            bar.add(entry);
        }
        return bar;
    }

    private String fill(String name, Map<String, Object> model) {
        Mustache.Lambda text = (fragment, out) -> out.write(Escapers.HTML.escape(texts.text(fragment.execute())));
        model.put("t", text);
        return compiled.computeIfAbsent(name, this::compile).execute(model);
    }

    private Template compile(String name) {
        try (InputStream in = Objects.requireNonNull(
                        PageTemplates.class.getResourceAsStream(name + ".mustache"), name + ".mustache");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return compiler.compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
