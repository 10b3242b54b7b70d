package dev.tactus.source.profile;

import dev.tactus.source.contract.ItemMapper;
import dev.tactus.source.contract.PayloadContract;
import dev.tactus.source.response.RequestedTrack;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/// One endpoint of a DSP's API: how it is requested, and how its response is read.
///
/// @param name the path class, for the pacer and reports
/// @param request path and query
/// @param batch the most tracks in one request
/// @param byIsrc whether tracks are requested by ISRC instead of by id
/// @param contract the schemas
/// @param items where the items stand; the payload itself is the one item where empty
/// @param next where the response names its next page, as a URL
/// @param day where the response names its day
/// @param mapper how an item is read
public record SourceEndpoint(
        String name,
        RequestTemplate request,
        int batch,
        boolean byIsrc,
        PayloadContract contract,
        Optional<JsonPointer> items,
        Optional<JsonPointer> next,
        Optional<JsonPointer> day,
        ItemMapper mapper) {

    /// The request for another page: this endpoint's path with the query of the page's URL, so that a service behind
    /// another address is still requested at ours.
    public String renderPage(List<RequestedTrack> tracks, LocalDate of, String query) {
        return render(tracks, of).replaceFirst("\\?.*", "") + "?" + query;
    }

    /// The request for these tracks, at least one.
    public String render(List<RequestedTrack> tracks, LocalDate of) {
        return request.render(Map.of(
                "isrc", tracks.stream().map(track -> track.isrc().value()).toList(),
                "ids", tracks.stream().map(RequestedTrack::id).toList(),
                "day", List.of(of.toString())));
    }
}
