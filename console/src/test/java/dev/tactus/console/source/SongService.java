package dev.tactus.console.source;

import dev.tactus.console.source.StandInService.Answer;
import dev.tactus.console.source.StandInService.Ask;
import java.util.List;
import java.util.stream.Collectors;

/// A made-up service that tells of songs by their ISRCs at `/songs`, and a profile for it.
final class SongService {
    private SongService() {}

    /// Every third recording has two tracks.
    static List<String> tracks(String isrc) {
        int number = Integer.parseInt(isrc.substring(7));
        return number % 3 == 0 ? List.of("a" + number, "b" + number) : List.of("a" + number);
    }

    /// `isrc,track_id,title,duration_ms` of every track.
    static List<String> rows(int recordings) {
        return SourceFolder.isrcs(recordings).stream()
                .flatMap(isrc -> tracks(isrc).stream().map(id -> isrc + "," + id + ",Title " + id + ",180000"))
                .toList();
    }

    static Answer answer(Ask ask) {
        if (ask.list("isrc").size() > 25) {
            return Answer.json(400, "{\"errors\": [{\"status\": \"400\"}]}");
        }
        return Answer.json(ask.list("isrc").stream()
                .filter(isrc -> isrc.startsWith("DEA33"))
                .flatMap(isrc -> tracks(isrc).stream().map(id -> song(isrc, id)))
                .collect(Collectors.joining(",", "{\"data\": [", "]}")));
    }

    static String song(String isrc, String id) {
        return """
                {"id": "%s", "isrc": "%s", "name": "Title %s", "ms": 180000, "artists": [{"name": "Ann"}]}""".formatted(id, isrc, id);
    }

    /// @param auth as the profile has it
    /// @param schema of a song, beside the profile
    static String profile(String auth, String schema) {
        return """
                profile: 1
                name: mine
                auth: %s
                limits: [{scope: token, permits: 1000, window: 1s}]
                duration_precision: 1ms
                track:
                  id: /id
                  isrc: /isrc
                  title: /name
                  duration: {pointer: /ms, unit: ms}
                  artists: {items: /artists, name: /name}
                datasets:
                  tracks:
                    path: /songs
                    query: {isrc: "{isrc}"}
                    by: isrc
                    batch: 25
                    schema: songs.json
                    items: /data
                    item_schema: %s
                """.formatted(auth, schema);
    }
}
