package dev.tactus.serve.api;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.http.PageRoutes;
import dev.tactus.serve.pages.DetailAnswer;
import dev.tactus.serve.signin.ViewHandler;
import dev.tactus.serve.signin.Viewer;

/// One row of a list for programs, with all that is known of it.
public final class DetailApi implements ViewHandler {
    private final DetailAnswer answer;

    public DetailApi(DetailAnswer answer) {
        this.answer = answer;
    }

    @Override
    public PageResponse handle(PageRequest request, Viewer viewer) {
        CommandAnswer found = answer.about(PageRoutes.last(request));
        return found.isResult() ? ApiJson.of(200, found.body()) : ApiJson.problem(404, found.error());
    }
}
