package dev.tactus.serve.http;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A request as handlers see it.
///
/// @param method in upper case; HEAD comes as GET
/// @param path decoded, begins with a slash
/// @param query the fields behind the question mark, the last of each name, in the order they stand in
/// @param headers by lower-case name
/// @param address of the client
/// @param body to be read once
public record PageRequest(
        String method,
        String path,
        SequencedMap<String, String> query,
        Map<String, List<String>> headers,
        String address,
        InputStream body) {

    /// The first value of a header.
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// The value of a cookie.
    public Optional<String> cookie(String name) {
        return headers.getOrDefault("cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /// A field of the query that is there and not blank.
    public Optional<String> asked(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }

    /// Whether a program asks, not a page.
    public boolean isApi() {
        return path.startsWith("/api/");
    }
}
