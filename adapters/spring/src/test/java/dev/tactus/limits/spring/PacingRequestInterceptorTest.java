package dev.tactus.limits.spring;

import dev.tactus.limits.adapters.PacedClientContract;
import dev.tactus.limits.pacing.Pacer;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

class PacingRequestInterceptorTest extends PacedClientContract {
    @Override
    protected PacedClient client(Pacer pacer) {
        RestClient client = paced(pacer);
        return uri -> client.get()
                .uri(uri)
                .exchange((request, answer) -> answer.getStatusCode().value());
    }

    private static RestClient paced(Pacer pacer) {
        return RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .requestInterceptor(new PacingRequestInterceptor(pacer))
                .build();
    }
}
