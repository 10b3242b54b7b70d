package dev.tactus.source;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.FeedbackParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Tells what an answer means: by the profile's error rules first, then by its HTTP status. Stateless and
/// thread-safe.
final class Judge {

    private static final int SHOWN = 160;

    /// The meaning of an answer, what it tells the pacer, and whether it is JSON at all.
    record Judgement(Verdict verdict, Feedback feedback, boolean json) {}

    private final List<ErrorRule> rules;
    private final FeedbackParser parser = new FeedbackParser();

    Judge(List<ErrorRule> rules) {
        this.rules = rules;
    }

    Judgement judge(Transport.Answer answer, Instant now) {
        Feedback heard = parser.parse(answer.status(), name -> answer.headers().get(name), now);
        JsonNode body = null;
        String fault = "is empty";
        if (!answer.tooLarge() && answer.body().length > 0) {
            try {
                body = Json.parse(answer.body());
            } catch (JacksonException e) {
                fault = "is not JSON: " + e.getOriginalMessage();
            }
        }
        Optional<ErrorRule.Meaning> ruled = ruled(answer.status(), body);
        if (ruled.filter(ErrorRule.Meaning.THROTTLED::equals).isPresent() && !heard.throttled()) {
            heard = parser.parseRefusal(name -> answer.headers().get(name), now);
        }
        Verdict verdict;
        if (heard.throttled()) {
            verdict = new Verdict.Throttled();
        } else if (ruled.isPresent()) {
            verdict = verdict(ruled.get(), answer);
        } else {
            verdict = byStatus(answer, body, fault);
        }
        return new Judgement(verdict, heard, body != null);
    }

    /// What an answer that broke off tells the pacer.
    Feedback heard(Transport.Truncated answer, Instant now) {
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

    private static Verdict verdict(ErrorRule.Meaning meaning, Transport.Answer answer) {
        return switch (meaning) {
            case THROTTLED -> new Verdict.Throttled();
            case NOT_FOUND -> new Verdict.NotFound();
            case UNAUTHORIZED -> new Verdict.Unauthorized();
            case FORBIDDEN -> new Verdict.Forbidden(said(answer));
            case RETRY -> new Verdict.Again(false, said(answer));
            case REFUSED -> new Verdict.Refused(new Refusal("", "error_answer", said(answer)));
        };
    }

    private static Verdict byStatus(Transport.Answer answer, @Nullable JsonNode body, String fault) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            if (answer.tooLarge()) {
                return new Verdict.Refused(new Refusal("", "too_large", "the body is larger than allowed"));
            }
            return body == null ? new Verdict.Again(true, "the body " + fault) : new Verdict.Content(body);
        }
        return switch (status) {
            case 401 -> new Verdict.Unauthorized();
            case 403 -> new Verdict.Forbidden(said(answer));
            case 408, 425 -> new Verdict.Again(false, said(answer));
            default ->
                status >= 500
                        ? new Verdict.Again(false, said(answer))
                        : new Verdict.Refused(new Refusal("", "http_" + status, said(answer)));
        };
    }

    /// Status and the start of the body, on one line.
    private static String said(Transport.Answer answer) {
        int length = Math.min(answer.body().length, SHOWN);
        String start = new String(answer.body(), 0, length, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return "HTTP " + answer.status() + (start.isBlank() ? "" : ": " + start.strip());
    }
}
