package dev.tactus.limits.apachehttp;

import dev.tactus.limits.adapters.PacedClientContract;
import dev.tactus.limits.pacing.Pacer;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpResponse;

class PacingExecHandlerTest extends PacedClientContract {
    @Override
    protected PacedClient client(Pacer pacer) {
        CloseableHttpClient client = PacingExecHandler.pace(HttpClients.custom().disableAutomaticRetries(), pacer)
                .build();
        return new PacedClient() {
            @Override
            public int send(URI uri) throws IOException {
                return client.execute(new HttpGet(uri), HttpResponse::getCode);
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }
}
