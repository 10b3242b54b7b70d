package dev.tactus.serve.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Fields as forms and links write them: `name=value&…`.
public final class FormFields {
    private FormFields() {}

    /// The last value of each name.
    ///
    /// @throws PageProblem if it is written in another way
    public static SequencedMap<String, String> parse(String text) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return fields;
        }
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            fields.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new PageProblem(400, "the address or the form is not written as URLs are: " + e.getMessage());
        }
    }
}
