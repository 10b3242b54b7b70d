package dev.tactus.source.http;

import dev.tactus.digest.Sha256;
import dev.tactus.source.response.RecordedExchange;
import java.time.Instant;

/// Makes the record of a request and its answer.
public final class ExchangeRecorder {

    private ExchangeRecorder() {}

    public static RecordedExchange of(String endpoint, String request, HttpTransport.HttpResponse answer, Instant at) {
        return new RecordedExchange(
                endpoint,
                request,
                answer.status(),
                at,
                answer.body(),
                Sha256.of(answer.body()).hex());
    }
}
