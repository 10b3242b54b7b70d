package dev.tactus.limits.apachehttp;

import dev.tactus.limits.adapters.PacedClientContract;
import dev.tactus.limits.pacing.Pacer;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;

class PacingAsyncExecHandlerTest extends PacedClientContract {
    @Override
    protected PacedClient client(Pacer pacer) {
        CloseableHttpAsyncClient client = PacingAsyncExecHandler.pace(
                        HttpAsyncClients.custom().disableAutomaticRetries(), pacer)
                .build();
        client.start();
        return new PacedClient() {
            @Override
            public int send(URI uri) throws Exception {
                return client.execute(SimpleHttpRequest.create("GET", uri), null)
                        .get()
                        .getCode();
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }
}
