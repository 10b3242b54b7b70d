package dev.tactus.limits.okhttp;

import dev.tactus.limits.adapters.PacedClientContract;
import dev.tactus.limits.pacing.Pacer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

class PacingInterceptorTest extends PacedClientContract {
    @Override
    protected PacedClient client(Pacer pacer) {
        OkHttpClient client = paced(pacer);
        return uri -> {
            Request request = new Request.Builder().url(uri.toString()).build();
            try (Response answer = client.newCall(request).execute()) {
                return answer.code();
            }
        };
    }

    private static OkHttpClient paced(Pacer pacer) {
        return new OkHttpClient.Builder()
                .addInterceptor(new PacingInterceptor(pacer))
                .retryOnConnectionFailure(false)
                .build();
    }
}
