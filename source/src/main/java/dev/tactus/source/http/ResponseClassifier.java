package dev.tactus.source.http;

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

/// Tells what an answer means: by the profile's error rules first, then by its HTTP status. Stateless and
/// thread-safe.
public final class ResponseClassifier {

    private static final int SHOWN = 160;

    /// The meaning of an answer, what it tells the pacer, and whether it is JSON at all.
    public record Classification(ResponseKind verdict, Feedback feedback, boolean json) {}

    private final List<ErrorRule> rules;
    private final FeedbackParser parser = new FeedbackParser();

    public ResponseClassifier(List<ErrorRule> rules) {
        this.rules = rules;
    }

    public Classification judge(HttpTransport.HttpResponse answer, Instant now) {
        Feedback heard = parser.parse(answer.status(), name -> answer.headers().get(name), now);
        JsonNode body = null;
        String fault = "is empty";
        if (!answer.tooLarge() && answer.body().length > 0) {
            try {
                body = StrictJson.parse(answer.body());
            } catch (JacksonException e) {
                fault = "is not JSON: " + e.getOriginalMessage();
            }
        }
        Optional<ErrorRule.Meaning> ruled = ruled(answer.status(), body);
        if (ruled.filter(ErrorRule.Meaning.THROTTLED::equals).isPresent() && !heard.throttled()) {
            heard = parser.parseRefusal(name -> answer.headers().get(name), now);
        }
        ResponseKind verdict;
        if (heard.throttled()) {
            verdict = new ResponseKind.Throttled();
        } else if (ruled.isPresent()) {
            verdict = verdict(ruled.get(), answer);
        } else {
            verdict = byStatus(answer, body, fault);
        }
        return new Classification(verdict, heard, body != null);
    }

    /// What an answer that broke off tells the pacer.
    public Feedback heard(HttpTransport.TruncatedResponse answer, Instant now) {
        return parser.parse(answer.status(), name -> answer.headers().get(name), now);
    }

    private Optional<ErrorRule.Meaning> ruled(int status, @Nullable JsonNode body) {
        for (ErrorRule rule : rules) {
            if (rule.fits(status, body)) {
                return Optional.of(rule.means());
            }
        }
        return Optional.empty();
    }

    private static ResponseKind verdict(ErrorRule.Meaning meaning, HttpTransport.HttpResponse answer) {
        return switch (meaning) {
            case THROTTLED -> new ResponseKind.Throttled();
            case NOT_FOUND -> new ResponseKind.NotFound();
            case UNAUTHORIZED -> new ResponseKind.Unauthorized();
            case FORBIDDEN -> new ResponseKind.Forbidden(said(answer));
            case RETRY -> new ResponseKind.Again(false, said(answer));
            case REFUSED -> new ResponseKind.Refused(new PayloadRejection("", "error_answer", said(answer)));
        };
    }

    private static ResponseKind byStatus(HttpTransport.HttpResponse answer, @Nullable JsonNode body, String fault) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            if (answer.tooLarge()) {
                return new ResponseKind.Refused(
                        new PayloadRejection("", "too_large", "the body is larger than allowed"));
            }
            return body == null ? new ResponseKind.Again(true, "the body " + fault) : new ResponseKind.Content(body);
        }
        return switch (status) {
            case 401 -> new ResponseKind.Unauthorized();
            case 403 -> new ResponseKind.Forbidden(said(answer));
            case 408, 425 -> new ResponseKind.Again(false, said(answer));
            default ->
                status >= 500
                        ? new ResponseKind.Again(false, said(answer))
                        : new ResponseKind.Refused(new PayloadRejection("", "http_" + status, said(answer)));
        };
    }

    /// Status and the start of the body, on one line.
    private static String said(HttpTransport.HttpResponse answer) {
        int length = Math.min(answer.body().length, SHOWN);
        String start = new String(answer.body(), 0, length, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return "HTTP " + answer.status() + (start.isBlank() ? "" : ": " + start.strip());
    }
}
