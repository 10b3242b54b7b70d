package dev.tactus.serve.api;

import dev.tactus.serve.answers.CommandAnswer;
import dev.tactus.serve.http.PageResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Answers as JSON.
public final class ApiJson {
    static final JsonMapper MAPPER = new JsonMapper();

    private ApiJson() {}

    static PageResponse of(int status, JsonNode body) {
        return PageResponse.of(status, PageResponse.JSON, MAPPER.writeValueAsBytes(body));
    }

    /// Why there is no answer: 409 where something has to be done first, 503 where it may be asked again.
    static PageResponse failure(CommandAnswer answer) {
        return problem(answer.exit() == CommandAnswer.FAILED ? 503 : 409, answer.error());
    }

    /// One message.
    public static PageResponse problem(int status, String message) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("ok", false);
        body.put("error", message);
        return of(status, body);
    }
}
