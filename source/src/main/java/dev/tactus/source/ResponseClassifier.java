package dev.tactus.source;

import dev.tactus.http.HttpOutcome;
import dev.tactus.limits.Feedback;
import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.source.contract.StrictJson;
import dev.tactus.source.profile.ErrorRule;
import dev.tactus.source.response.PayloadRejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Classifies responses: by the profile's error rules first, then by HTTP status. Stateless and thread-safe.
final class ResponseClassifier {
    private static final int EXCERPT_LENGTH = 160;

    /// What a response means, what it tells the pacer, and whether it is JSON at all.
    record Classification(ResponseKind kind, Feedback feedback, boolean json) {}

    private final List<ErrorRule> rules;
    private final FeedbackParser parser = new FeedbackParser();

    ResponseClassifier(List<ErrorRule> rules) {
        this.rules = rules;
    }

    Classification classify(HttpOutcome.Response response, Instant now) {
        Feedback feedback =
                parser.parse(response.status(), name -> response.headers().get(name), now);
        JsonNode body = null;
        String fault = "is empty";
        if (!response.tooLarge() && response.body().length > 0) {
            try {
                body = StrictJson.parse(response.body());
            } catch (JacksonException e) {
                fault = "is not JSON: " + e.getOriginalMessage();
            }
        }
        Optional<ErrorRule.Meaning> rule = ruleFor(response.status(), body);
        if (rule.filter(ErrorRule.Meaning.THROTTLED::equals).isPresent() && !feedback.throttled()) {
            feedback = parser.parseRefusal(name -> response.headers().get(name), now);
        }
        ResponseKind kind;
        if (feedback.throttled()) {
            kind = new ResponseKind.Throttled();
        } else if (rule.isPresent()) {
            kind = kind(rule.get(), response);
        } else {
            kind = byStatus(response, body, fault);
        }
        return new Classification(kind, feedback, body != null);
    }

    /// What a truncated response tells the pacer.
    Feedback feedback(HttpOutcome.Truncated truncated, Instant now) {
        return parser.parse(truncated.status(), name -> truncated.headers().get(name), now);
    }

    private Optional<ErrorRule.Meaning> ruleFor(int status, @Nullable JsonNode body) {
        for (ErrorRule rule : rules) {
            if (rule.fits(status, body)) {
                return Optional.of(rule.means());
            }
        }
        return Optional.empty();
    }

    private static ResponseKind kind(ErrorRule.Meaning meaning, HttpOutcome.Response response) {
        return switch (meaning) {
            case THROTTLED -> new ResponseKind.Throttled();
            case NOT_FOUND -> new ResponseKind.NotFound();
            case UNAUTHORIZED -> new ResponseKind.Unauthorized();
            case FORBIDDEN -> new ResponseKind.Forbidden(excerpt(response));
            case RETRY -> new ResponseKind.Retryable(false, excerpt(response));
            case REFUSED -> new ResponseKind.Rejected(new PayloadRejection("", "error_answer", excerpt(response)));
        };
    }

    private static ResponseKind byStatus(HttpOutcome.Response response, @Nullable JsonNode body, String fault) {
        int status = response.status();
        if (status >= 200 && status < 300) {
            if (response.tooLarge()) {
                return new ResponseKind.Rejected(
                        new PayloadRejection("", "too_large", "the body is larger than allowed"));
            }
            return body == null
                    ? new ResponseKind.Retryable(true, "the body " + fault)
                    : new ResponseKind.Content(body);
        }
        return switch (status) {
            case 401 -> new ResponseKind.Unauthorized();
            case 403 -> new ResponseKind.Forbidden(excerpt(response));
            case 408, 425 -> new ResponseKind.Retryable(false, excerpt(response));
            default ->
                status >= 500
                        ? new ResponseKind.Retryable(false, excerpt(response))
                        : new ResponseKind.Rejected(new PayloadRejection("", "http_" + status, excerpt(response)));
        };
    }

    /// Status and the start of the body, on one line.
    private static String excerpt(HttpOutcome.Response response) {
        int length = Math.min(response.body().length, EXCERPT_LENGTH);
        String start =
                new String(response.body(), 0, length, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return "HTTP " + response.status() + (start.isBlank() ? "" : ": " + start.strip());
    }
}
