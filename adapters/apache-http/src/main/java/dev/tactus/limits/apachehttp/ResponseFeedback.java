package dev.tactus.limits.apachehttp;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.headers.FeedbackParser;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/// Reads what an answer of Apache's client says about limits.
final class ResponseFeedback {
    private final InstantSource clock;
    private final FeedbackParser parser = new FeedbackParser();

    ResponseFeedback(InstantSource clock) {
        this.clock = clock;
    }

    Feedback of(HttpResponse answer) {
        return parser.parse(answer.getCode(), name -> joined(answer.getHeaders(name)), clock.instant());
    }

    private static @Nullable String joined(Header[] lines) {
        return lines.length == 0
                ? null
                : Arrays.stream(lines).map(Header::getValue).collect(Collectors.joining(", "));
    }
}
