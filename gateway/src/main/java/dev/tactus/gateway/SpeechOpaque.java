package dev.tactus.gateway;

import dev.tactus.limits.Verdict;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Optional;

/// A bare 429.
record SpeechOpaque(Optional<RefusalBody> body) implements Speech {
    private static final byte[] NOTHING = {};

    @Override
    public FullHttpResponse refusal(Plan plan, Verdict.Refused refused, long now) {
        if (body.isEmpty()) {
            return OwnAnswers.with(HttpResponseStatus.TOO_MANY_REQUESTS, AsciiString.EMPTY_STRING, NOTHING);
        }
        Verdict.Refusal deciding = refused.deciding();
        LimitSettings limit = plan.limits().get(plan.indexOf(deciding.limit()));
        return OwnAnswers.with(
                HttpResponseStatus.TOO_MANY_REQUESTS,
                OwnAnswers.JSON,
                body.get().bytes(limit, Speech.seconds(deciding.waitNanos(now))));
    }

    @Override
    public void passing(HttpHeaders headers, Plan plan, List<dev.tactus.limits.Standing> standings, long now) {}

    @Override
    public boolean tellsOnPassing() {
        return false;
    }
}
