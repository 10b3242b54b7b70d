package dev.tactus.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSignerTest {
    /// The example of the specification's reference libraries.
    @Test
    void signsTheKnownExampleAsOthersDo() {
        WebhookSigner signer = WebhookSigner.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(signer.headers(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330), "{\"test\": 2432232314}"))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void refusesASecretOfAnotherFormWithoutShowingIt() {
        assertThatThrownBy(() -> WebhookSigner.of("hunter2"))
                .hasMessageContaining("openssl rand")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> WebhookSigner.of("whsec_aGVsbG8=")).hasMessageContaining("24 to 64 bytes");
        assertThatThrownBy(() -> WebhookSigner.of("whsec_???")).hasMessageContaining("24 to 64 bytes");
    }
}
