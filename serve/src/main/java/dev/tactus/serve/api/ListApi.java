package dev.tactus.serve.api;

import dev.tactus.serve.answers.AnswerCache;
import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.lists.CsvText;
import dev.tactus.serve.lists.ListQuery;
import dev.tactus.serve.lists.ListSlice;
import dev.tactus.serve.lists.ServedList;
import dev.tactus.serve.signin.ViewHandler;
import dev.tactus.serve.signin.Viewer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A list for programs: what the command answers, with `total`, `page`, `size` and the rows of that page.
public final class ListApi implements ViewHandler {
    private final ServedList listing;
    private final AnswerCache answers;

    public ListApi(ServedList listing, AnswerCache answers) {
        this.listing = listing;
        this.answers = answers;
    }

    @Override
    public PageResponse handle(PageRequest request, Viewer viewer) {
        ListQuery query = ListQuery.of(listing, request);
        CommandAnswer answer = answers.read(listing.command(request));
        if (!answer.isResult()) {
            return ApiJson.failure(answer);
        }
        ListSlice slice = ListSlice.of(listing, answer.body(), query);
        if (request.asked("format").filter("csv"::equals).isPresent()) {
            return PageResponse.of(200, PageResponse.CSV, CsvText.of(listing, slice.matching()));
        }
        ObjectNode body = ApiJson.MAPPER.createObjectNode();
        answer.body().properties().forEach(field -> {
            if (!field.getKey().equals(listing.array())) {
                body.set(field.getKey(), field.getValue());
            }
        });
        body.put("total", slice.matching().size());
        body.put("page", slice.page());
        body.put("size", slice.size());
        ArrayNode rows = body.putArray(listing.array());
        slice.rows().forEach(rows::add);
        return ApiJson.of(200, body);
    }
}
