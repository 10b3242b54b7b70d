package dev.tactus.gateway.quota;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a request has cost from its answer; empty where that does not tell. Stateless.
public final class AnswerCostReader {
    /// A body is held until the cost is known: what is longer than this passes at once, and costs what was assumed.
    public static final int MOST_BYTES = 256 * 1024;

    private static final JsonMapper MAPPER = new JsonMapper();

    private AnswerCostReader() {}

    public static OptionalDouble inHead(Optional<AnswerCost> where, HttpHeaders headers) {
        if (where.isEmpty() || !(where.get() instanceof AnswerCost.Field(String name))) {
            return OptionalDouble.empty();
        }
        String told = headers.get(name, "").strip();
        // digits first: parsing doubles takes "NaN" and "1f", too
        return told.matches("\\d{1,15}(\\.\\d{1,15})?")
                ? OptionalDouble.of(Double.parseDouble(told))
                : OptionalDouble.empty();
    }

    public static OptionalDouble inBody(Optional<AnswerCost> where, ByteBuf body) {
        if (where.isEmpty() || !(where.get() instanceof AnswerCost.Body(var pointer))) {
            return OptionalDouble.empty();
        }
        try (ByteBufInputStream in = new ByteBufInputStream(body.duplicate())) {
            JsonNode json = MAPPER.readTree(in);
            JsonNode told = json == null ? MAPPER.missingNode() : json.at(pointer);
            return told.isNumber() && told.doubleValue() >= 0
                    ? OptionalDouble.of(told.doubleValue())
                    : OptionalDouble.empty();
        } catch (JacksonException | IOException e) {
            return OptionalDouble.empty(); // whatever it is, it tells no cost
        }
    }

    /// Whether a body that follows this head may tell it: one JSON text, not compressed, and no longer than that.
    public static boolean mayBeIn(HttpHeaders headers, int most) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return isOneJsonText(headers.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT))
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING)
                && (length == null || (length.matches("\\d{1,6}") && Integer.parseInt(length) <= most));
    }

    /// `application/json`, `text/json`, `application/problem+json`, but no stream of several.
    private static boolean isOneJsonText(String type) {
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip();
        return bare.endsWith("/json") || bare.endsWith("+json");
    }
}
