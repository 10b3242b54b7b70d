package dev.tactus.serve.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/// The words of the pages, all in one file: another language is another file. Immutable.
public final class PageTexts {
    private final Map<String, String> texts;

    private PageTexts(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /// The words in English.
    public static PageTexts english() {
        Properties read = new Properties();
        try (InputStream in =
                Objects.requireNonNull(PageTexts.class.getResourceAsStream("texts-en.properties"), "the texts")) {
            read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new HashMap<>();
        read.stringPropertyNames().forEach(name -> texts.put(name, read.getProperty(name)));
        return new PageTexts(texts);
    }

    /// The text of that name; where there is none its last word, so that a page never lacks a heading.
    public String text(String name) {
        String text = texts.get(name);
        if (text != null) {
            return text;
        }
        String word = name.substring(name.lastIndexOf('.') + 1).replace('_', ' ');
        return word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    public boolean has(String name) {
        return texts.containsKey(name);
    }
}
