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
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Classifies responses: by the profile's error rules first, then by HTTP status, or by the
/// status that a body names which is no payload. Stateless and thread-safe.
final class ResponseClassifier {
    private static final int EXCERPT_LENGTH = 160;
    private static final String NOT_JSON = "not_json";
    private static final String ERROR_ANSWER = "error_answer";

    /// What a response means, what it tells the pacer, and whether it is JSON at all.
    record Classification(ResponseKind kind, Feedback feedback, boolean json) {}

    private final List<ErrorRule> rules;
    private final FeedbackParser parser = new FeedbackParser();

    private final Optional<JsonPointer> costFrom;

    ResponseClassifier(List<ErrorRule> rules) {
        this(rules, Optional.empty());
    }

    /// @param costFrom where a body tells what its request has cost
    ResponseClassifier(List<ErrorRule> rules, Optional<JsonPointer> costFrom) {
        this.rules = rules;
        this.costFrom = costFrom;
    }

    /// @param bodies reads a body
    /// @param payload what a payload of the endpoint looks like
    Classification classify(
            HttpOutcome.Response response,
            Instant now,
            Function<byte[], JsonNode> bodies,
            Predicate<JsonNode> payload) {
        JsonNode body = null;
        String fault = "is empty";
        boolean doubled = false;
        if (!response.tooLarge() && response.body().length > 0) {
            try {
                body = bodies.apply(response.body());
            } catch (JacksonException e) {
                fault = "is not JSON: " + e.getOriginalMessage();
                doubled = StrictJson.doublesAName(response.body());
            }
        }
        Optional<ErrorRule.Meaning> rule = ruleFor(response.status(), body);
        Optional<DisguisedError> disguised = body != null && rule.isEmpty() && succeeded(response.status())
                ? Optional.of(body).filter(payload.negate()).flatMap(DisguisedError::in)
                : Optional.empty();
        int status = disguised
                .map(DisguisedError::status)
                .orElse(OptionalInt.empty())
                .orElse(response.status());
        Feedback feedback = parser.parse(status, name -> response.headers().get(name), now);
        if (rule.filter(ErrorRule.Meaning.THROTTLED::equals).isPresent() && !feedback.throttled()) {
            feedback = parser.parseRefusal(name -> response.headers().get(name), now);
        }
        if (costFrom.isPresent() && body != null && body.at(costFrom.get()).isNumber()) {
            feedback = feedback.withCost(body.at(costFrom.get()).doubleValue());
        }
        ResponseKind kind;
        if (feedback.throttled()) {
            kind = new ResponseKind.Throttled();
        } else if (rule.isPresent()) {
            kind = kind(rule.get(), response);
        } else if (disguised.isPresent() && succeeded(status)) {
            kind = new ResponseKind.Retryable(Optional.of(ERROR_ANSWER), excerpt(response));
        } else if (succeeded(status)) {
            kind = content(response, body, doubled, fault);
        } else {
            kind = failure(status, response);
        }
        return new Classification(kind, feedback, body != null || doubled);
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
            case RETRY -> new ResponseKind.Retryable(Optional.empty(), excerpt(response));
            case REFUSED -> new ResponseKind.Rejected(new PayloadRejection("", ERROR_ANSWER, excerpt(response)));
        };
    }

    private static boolean succeeded(int status) {
        return status >= 200 && status < 300;
    }

    private static ResponseKind content(
            HttpOutcome.Response response, @Nullable JsonNode body, boolean doubled, String fault) {
        if (response.tooLarge()) {
            return new ResponseKind.Rejected(new PayloadRejection("", "too_large", "the body is larger than allowed"));
        }
        if (body != null) {
            return new ResponseKind.Content(body);
        }
        // a body that broke off comes whole the next time, a name that comes twice does not go away
        return doubled
                ? new ResponseKind.Rejected(new PayloadRejection("", NOT_JSON, "the body " + fault))
                : new ResponseKind.Retryable(Optional.of(NOT_JSON), "the body " + fault);
    }

    private static ResponseKind failure(int status, HttpOutcome.Response response) {
        return switch (status) {
            case 401 -> new ResponseKind.Unauthorized();
            case 403 -> new ResponseKind.Forbidden(excerpt(response));
            case 408, 425 -> new ResponseKind.Retryable(Optional.empty(), excerpt(response));
            default ->
                status >= 500
                        ? new ResponseKind.Retryable(Optional.empty(), excerpt(response))
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
