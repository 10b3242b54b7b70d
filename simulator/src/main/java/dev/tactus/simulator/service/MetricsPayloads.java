package dev.tactus.simulator.service;

import dev.tactus.music.Artist;
import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.simulator.catalog.Audience;
import dev.tactus.simulator.catalog.DailyListeners;
import dev.tactus.simulator.fault.ItemFault;
import dev.tactus.simulator.fault.ItemFault.Duplicated;
import dev.tactus.simulator.fault.ItemFault.FailingTerritories;
import dev.tactus.simulator.fault.RecordingFaults;
import dev.tactus.simulator.fault.TrackMutation;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Writes the bodies of the metrics API: search, tracks, streams, listeners. Immutable.
final class MetricsPayloads {
    private final Audience audience;
    private final RecordingFaults faults;
    private final TrackMutation mutation;

    MetricsPayloads(Audience audience, RecordingFaults faults, TrackMutation mutation) {
        this.audience = audience;
        this.faults = faults;
        this.mutation = mutation;
    }

    /// A page of what a search found.
    record Page(String href, int limit, int offset, int total) {
        String next() {
            String asked = href.replaceAll("&(limit|offset)=[^&]*", "");
            return asked + "&limit=" + limit + "&offset=" + (offset + limit);
        }
    }

    ByteBuffer search(Page page, List<ResponseItem> items) {
        JsonBody json = new JsonBody(1_000);
        json.object();
        json.object("tracks");
        json.text("href", page.href());
        json.list("items");
        items.forEach(item -> track(json, item));
        json.endList();
        json.number("limit", page.limit());
        if (page.offset() + page.limit() < page.total()) {
            json.text("next", page.next());
        } else {
            json.none("next");
        }
        json.number("offset", page.offset());
        json.none("previous");
        json.number("total", page.total());
        json.endObject();
        json.endObject();
        return json.done();
    }

    ByteBuffer tracks(List<ResponseItem> items) {
        JsonBody json = new JsonBody(items.size() * 700 + 100);
        json.object();
        json.list("tracks");
        for (ResponseItem item : items) {
            if (item.isNull()) {
                json.none();
            } else if (!item.isLeftOut()) {
                track(json, item);
            }
        }
        json.endList();
        json.endObject();
        return json.done();
    }

    ByteBuffer streams(LocalDate day, List<ResponseItem> items) {
        return daily(day, items, items.size() * 1_500, this::streamsOf);
    }

    ByteBuffer listeners(LocalDate day, List<ResponseItem> items) {
        return daily(day, items, items.size() * 6_500, this::listenersOf);
    }

    private interface Territories {
        void write(JsonBody json, Track track, LocalDate day, Optional<ItemFault> fault, long more);
    }

    private ByteBuffer daily(LocalDate day, List<ResponseItem> items, int bytes, Territories territories) {
        JsonBody json = new JsonBody(bytes + 100);
        json.object();
        json.text("date", day.toString());
        json.list("items");
        for (ResponseItem item : items) {
            if (item.isLeftOut()) {
                continue;
            }
            if (item.isNull()) {
                if (item.track().isPresent()) {
                    json.none();
                }
                continue;
            }
            item(json, item, day, territories, 0);
            if (item.fault().isPresent() && item.fault().get() instanceof Duplicated(boolean contradicting)) {
                item(json, item, day, territories, contradicting ? 1 : 0);
            }
        }
        json.endList();
        json.endObject();
        return json.done();
    }

    private void item(JsonBody json, ResponseItem item, LocalDate day, Territories territories, long more) {
        Track track = item.track().orElseThrow();
        Optional<ItemFault> fault = item.fault();
        String status = "available";
        if (fault.isPresent() && fault.get() instanceof ItemFault.Unavailable) {
            status = "unavailable";
        } else if (fault.isPresent() && fault.get() instanceof ItemFault.Pending) {
            status = "pending";
        }
        json.bend(fault);
        json.object();
        json.text("track_id", track.id());
        json.text("isrc", mutation.apply(track, fault).isrc().value());
        json.text("status", status);
        if (json.list("territories")) {
            if (status.equals("available")) {
                territories.write(json, track, day, fault, more);
            }
            json.endList();
        }
        json.endObject();
        json.bend(Optional.empty());
    }

    private void streamsOf(JsonBody json, Track track, LocalDate day, Optional<ItemFault> fault, long more) {
        for (StreamCount count : audience.streams(track, day)) {
            json.object();
            json.text("territory", count.territory());
            if (fails(fault, track.isrc(), count.territory())) {
                json.text("error", "unavailable");
            } else {
                json.number("streams", soFar(fault, count.streams()) + more);
            }
            json.endObject();
        }
    }

    private void listenersOf(JsonBody json, Track track, LocalDate day, Optional<ItemFault> fault, long more) {
        DailyListeners listeners = audience.listeners(track, day);
        int part = 0;
        for (ListenerCount count : listeners.counts()) {
            json.object();
            json.text("territory", count.territory());
            if (fails(fault, track.isrc(), count.territory())) {
                json.text("error", "unavailable");
            } else {
                json.number("listeners", soFar(fault, count.listeners()) + more);
                if (json.list("demographics")) {
                    for (Demographic each : listeners.demographics().subList(part, part + Audience.PARTS)) {
                        json.object();
                        json.text("age", each.age());
                        json.text("gender", each.gender());
                        json.number("listeners", soFar(fault, each.listeners()));
                        json.endObject();
                    }
                    json.endList();
                }
            }
            part += Audience.PARTS;
            json.endObject();
        }
    }

    private static long soFar(Optional<ItemFault> fault, long count) {
        return fault.isPresent() && fault.get() instanceof ItemFault.Preliminary preliminary
                ? preliminary.soFar(count)
                : count;
    }

    private boolean fails(Optional<ItemFault> fault, Isrc isrc, String territory) {
        return fault.isPresent()
                && fault.get() instanceof FailingTerritories failing
                && faults.fails(failing, isrc, territory);
    }

    private void track(JsonBody json, ResponseItem item) {
        Track track = mutation.apply(item.track().orElseThrow(), item.fault());
        json.bend(item.fault());
        track(json, track);
        if (item.fault().isPresent() && item.fault().get() instanceof Duplicated(boolean contradicting)) {
            track(json, contradicting ? mutation.contradicting(track) : track);
        }
        json.bend(Optional.empty());
    }

    private static void track(JsonBody json, Track track) {
        json.object();
        if (json.object("album")) {
            String released = String.valueOf(track.releaseDate());
            json.text("album_type", "album");
            json.text("id", String.valueOf(track.albumId()));
            json.text("name", String.valueOf(track.albumTitle()));
            json.text("release_date", released);
            json.text("release_date_precision", precision(released));
            json.endObject();
        }
        if (json.list("artists")) {
            for (Artist artist : track.artists()) {
                json.object();
                json.text("id", String.valueOf(artist.id()));
                json.text("name", artist.name());
                json.text("type", "artist");
                json.endObject();
            }
            json.endList();
        }
        json.number("duration_ms", track.durationMs());
        json.flag("explicit", Boolean.TRUE.equals(track.explicit()));
        if (json.object("external_ids")) {
            json.text("isrc", track.isrc().value());
            json.endObject();
        }
        json.text("id", track.id());
        json.flag("is_local", false);
        json.text("name", track.title());
        json.number("popularity", Math.floorMod(track.id().hashCode(), 100));
        json.text("type", "track");
        json.text("uri", "spotify:track:" + track.id());
        json.endObject();
    }

    private static String precision(String date) {
        return switch (date.length()) {
            case 4 -> "year";
            case 7 -> "month";
            default -> "day";
        };
    }
}
