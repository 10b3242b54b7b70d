package dev.tactus.gateway.pace;

import dev.tactus.gateway.config.DisguisedRefusal;
import dev.tactus.gateway.proxy.BufferedResponse;
import dev.tactus.gateway.quota.AnswerCostReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds refusals that only a body tells, in small JSON answers. Immutable.
///
/// @param rules what the configuration says
record DisguisedRefusalDetector(List<DisguisedRefusal> rules) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int FIRST_ERROR = 400;

    /// Whether it is worth looking into the body that follows this head.
    boolean mayHide(HttpResponse head) {
        int status = head.status().code();
        return (status >= FIRST_ERROR || rules.stream().anyMatch(rule -> rule.mayHave(status)))
                && AnswerCostReader.mayBeIn(head.headers(), BufferedResponse.MOST_BYTES);
    }

    /// Whether an answer is a refusal by what its whole body says. The body is read, and stays the caller's.
    boolean tells(int status, ByteBuf body) {
        try (ByteBufInputStream in = new ByteBufInputStream(body.duplicate())) {
            JsonNode json = MAPPER.readTree(in);
            return json != null
                    && (rules.stream().anyMatch(rule -> rule.fits(status, json))
                            || (status >= FIRST_ERROR
                                    && DisguisedRefusal.OF_ERRORS.stream().anyMatch(rule -> rule.fits(status, json))));
        } catch (JacksonException | java.io.IOException e) {
            return false; // whatever it is, it is no such refusal
        }
    }
}
