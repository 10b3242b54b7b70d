package dev.tactus.simulator;

import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.simulator.catalog.DailyListeners;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads counts out of answers, so that they can be compared with what the catalog computes.
final class ExpectedJson {
    private ExpectedJson() {}

    static List<StreamCount> streams(JsonNode item) {
        List<StreamCount> counts = new ArrayList<>();
        for (JsonNode territory : item.path("territories")) {
            if (territory.has("streams")) {
                counts.add(new StreamCount(
                        territory.path("territory").asString(),
                        territory.path("streams").asLong()));
            }
        }
        return counts;
    }

    static DailyListeners listeners(JsonNode item) {
        List<ListenerCount> counts = new ArrayList<>();
        List<Demographic> parts = new ArrayList<>();
        for (JsonNode territory : item.path("territories")) {
            String code = territory.path("territory").asString();
            counts.add(new ListenerCount(code, territory.path("listeners").asLong()));
            for (JsonNode part : territory.path("demographics")) {
                parts.add(new Demographic(
                        code,
                        part.path("age").asString(),
                        part.path("gender").asString(),
                        part.path("listeners").asLong()));
            }
        }
        return new DailyListeners(counts, parts);
    }
}
