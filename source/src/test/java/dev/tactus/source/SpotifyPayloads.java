package dev.tactus.source;

import java.util.List;
import java.util.stream.Collectors;

/// Answers in the shapes of the profile `spotify-for-artists`.
final class SpotifyPayloads {

    private SpotifyPayloads() {}

    static String track(int number) {
        return """
            {"type":"track","id":"id%d","uri":"spotify:track:id%d","name":"Title %d","duration_ms":%d,"explicit":false,
            "external_ids":{"isrc":"%s"},"artists":[{"id":"a1","name":"Ann"},{"id":"a2","name":"Bo"}],
            "album":{"id":"al1","name":"Album","release_date":"2024-05-01","release_date_precision":"day"}}""".formatted(number, number, number, 180_000 + number, SourceFixture.isrc(number));
    }

    static String search(String... tracks) {
        return "{\"tracks\":{\"href\":\"x\",\"items\":[" + String.join(",", tracks)
                + "],\"limit\":50,\"offset\":0,\"total\":" + tracks.length + ",\"next\":null,\"previous\":null}}";
    }

    static String tracks(String... tracks) {
        return "{\"tracks\":[" + String.join(",", tracks) + "]}";
    }

    static String day(String... items) {
        return "{\"date\":\"2026-11-20\",\"items\":[" + String.join(",", items) + "]}";
    }

    static String streams(int number, String... territories) {
        return item(number, "available", List.of(territories));
    }

    static String item(int number, String status, List<String> territories) {
        return territories.stream()
                .collect(Collectors.joining(
                        ",",
                        "{\"track_id\":\"id" + number + "\",\"isrc\":\"" + SourceFixture.isrc(number)
                                + "\",\"status\":\"" + status + "\",\"territories\":[",
                        "]}"));
    }

    static String count(String territory, Object streams) {
        return "{\"territory\":\"" + territory + "\",\"streams\":" + streams + "}";
    }
}
