package dev.tactus.gateway.enforcement;

import dev.tactus.gateway.quota.LimitSettings;
import java.nio.charset.StandardCharsets;

/// The body of refusals: a text in which `{limit}`, `{permits}`, `{window}` (in seconds) and `{retry_after}` are put
/// in.
/// Immutable.
final class RefusalTemplate {
    private final String template;
    private final boolean constant;
    private final byte[] bytes;

    RefusalTemplate(String template) {
        this.template = template;
        this.bytes = template.getBytes(StandardCharsets.UTF_8);
        this.constant = !template.matches("(?s).*\\{(limit|permits|window|retry_after)}.*");
    }

    byte[] bytes(LimitSettings limit, long retryAfterSeconds) {
        if (constant) {
            return bytes;
        }
        return template.replace("{limit}", limit.name())
                .replace("{permits}", Integer.toString(limit.permits()))
                .replace(
                        "{window}",
                        Long.toString(RateLimitHeaders.seconds(limit.window().toNanos())))
                .replace("{retry_after}", Long.toString(retryAfterSeconds))
                .getBytes(StandardCharsets.UTF_8);
    }
}
