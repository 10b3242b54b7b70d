package dev.tactus.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/// Answers that the gateway gives itself.
public final class GatewayResponses {
    public static final AsciiString PROBLEM = AsciiString.cached("application/problem+json");
    public static final AsciiString JSON = AsciiString.cached("application/json");
    /// Values of our own need no check; those that come from elsewhere are checked where they come in.
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private GatewayResponses() {}

    /// Problem details (RFC 9457).
    public static FullHttpResponse problem(HttpProblem refused) {
        String body =
                "{\"type\":\"about:blank\",\"title\":" + quoted(refused.status().reasonPhrase()) + ",\"status\":"
                        + refused.status().code() + ",\"detail\":" + quoted(refused.detail()) + "}\n";
        return with(refused.status(), PROBLEM, body.getBytes(StandardCharsets.UTF_8));
    }

    public static FullHttpResponse with(HttpResponseStatus status, AsciiString type, byte[] body) {
        FullHttpResponse answer = bare(status, body);
        if (!type.isEmpty()) {
            answer.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        }
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return answer;
    }

    /// One whose fields, its length included, are left to whoever asks for it.
    public static FullHttpResponse bare(HttpResponseStatus status, byte[] body) {
        ByteBuf content = body.length == 0 ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content, UNCHECKED, UNCHECKED);
    }

    /// A JSON string.
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
