package dev.tactus.source.profile;

import dev.tactus.source.contract.ItemMapper;
import dev.tactus.source.contract.PayloadContract;
import dev.tactus.source.contract.PayloadFormat;
import dev.tactus.source.response.RequestedTrack;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// One endpoint of a DSP's API: how it is requested, and how its response is read.
///
/// @param name the path class, for the pacer and reports
/// @param request path and query
/// @param batch the most tracks in one request
/// @param byIsrc whether tracks are requested by ISRC instead of by id
/// @param shape how its payloads are written, and where their items stand
/// @param contract the schemas
/// @param pages how the next page is asked for, where there are several
/// @param day where the response names its day
/// @param absent what it means that a requested track is not in the response
/// @param mapper how an item is read
public record SourceEndpoint(
        String name,
        RequestTemplate request,
        int batch,
        boolean byIsrc,
        PayloadShape shape,
        PayloadContract contract,
        Optional<PageRule> pages,
        Optional<JsonPointer> day,
        Absent absent,
        ItemMapper mapper) {

    /// What it means that a requested track is not in a response.
    public enum Absent {
        /// The service doesn't have it; it is asked once more.
        MISSING,
        /// The service has nothing to say of it: no rows, which is not zero.
        EMPTY
    }

    /// Where the items stand; the payload itself is the one item where empty.
    public Optional<JsonPointer> items() {
        return shape.items();
    }

    public PayloadFormat format() {
        return shape.format();
    }

    /// Reads a body as the contract sees it.
    ///
    /// @throws tools.jackson.core.JacksonException if it can't be read
    public JsonNode parse(byte[] body) {
        return shape.parse(body);
    }

    /// Whether this is a payload at all, and no error in its place.
    public boolean isPayload(JsonNode payload) {
        return contract.holds(payload)
                && items().map(pointer -> payload.at(pointer).isArray()).orElse(true);
    }

    /// The query of the next page.
    ///
    /// @param asked path and query of this one
    public Optional<String> nextPage(String asked, JsonNode payload, @Nullable String link) {
        int question = asked.indexOf('?');
        int count = shape.list().map(pointer -> payload.at(pointer).size()).orElse(0);
        return pages.flatMap(
                rule -> rule.next(question < 0 ? "" : asked.substring(question + 1), payload, count, link));
    }

    /// The request for another page: this endpoint's path with the query of the page's URL, so that a service behind
    /// another address is still requested at ours.
    public String renderPage(List<RequestedTrack> tracks, LocalDate of, String query) {
        return render(tracks, of).replaceFirst("\\?.*", "") + "?" + query;
    }

    /// The request for these tracks, at least one.
    public String render(List<RequestedTrack> tracks, LocalDate of) {
        return request.render(
                Map.of(
                        "isrc",
                                tracks.stream()
                                        .map(track -> track.isrc().value())
                                        .toList(),
                        "ids", tracks.stream().map(RequestedTrack::id).toList()),
                of);
    }
}
