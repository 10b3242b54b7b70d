package dev.tactus.serve.http;

import java.io.IOException;

/// Answers requests. Called by many threads at once.
@FunctionalInterface
public interface PageHandler {
    /// The answer.
    ///
    /// @throws PageProblem where there is none
    PageResponse handle(PageRequest request) throws IOException, InterruptedException;
}
