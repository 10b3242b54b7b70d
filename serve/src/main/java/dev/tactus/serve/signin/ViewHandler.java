package dev.tactus.serve.signin;

import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import java.io.IOException;

/// Answers requests of a viewer. Called by many threads at once.
@FunctionalInterface
public interface ViewHandler {
    /// The answer.
    ///
    /// @throws dev.tactus.serve.http.PageProblem where there is none
    PageResponse handle(PageRequest request, Viewer viewer) throws IOException, InterruptedException;
}
