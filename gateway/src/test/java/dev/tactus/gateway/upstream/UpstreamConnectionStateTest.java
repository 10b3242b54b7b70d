package dev.tactus.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tactus.gateway.TransitionTable;
import dev.tactus.gateway.upstream.UpstreamConnectionState.Event;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpstreamConnectionStateTest {

    @Test
    void isAsItsDocumentationSays() throws Exception {
        Map<String, Map<String, String>> next = new HashMap<>();
        for (UpstreamConnectionState state : UpstreamConnectionState.values()) {
            Map<String, String> transitions = new HashMap<>();
            for (Event event : Event.values()) {
                if (state.takes(event)) {
                    transitions.put(event.name(), state.after(event).name());
                } else {
                    assertThatIllegalStateException().isThrownBy(() -> state.after(event));
                }
            }
            if (!transitions.isEmpty()) {
                next.put(state.name(), transitions);
            }
        }
        assertThat(TransitionTable.of(UpstreamConnectionState.class)).isEqualTo(next);
    }

    /// Whatever happens: nobody is lent a connection whose last response isn't over, and a request counts as lost to a
    /// stale connection only if the connection was lent before and not a word of a response has come.
    @Test
    void lendsOnlyWhatIsOver() {
        Random random = new Random(17);
        for (int walk = 0; walk < 2_000; walk++) {
            UpstreamConnectionState state = UpstreamConnectionState.CONNECTING;
            boolean pooled = false;
            boolean lent = false;
            boolean heard = false;
            boolean last = false;
            for (int i = 0; i < 40 && state != UpstreamConnectionState.CLOSED; i++) {
                List<Event> possible =
                        Arrays.stream(Event.values()).filter(state::takes).toList();
                Event event = possible.get(random.nextInt(possible.size()));
                state = state.after(event);
                if (state == UpstreamConnectionState.CLOSED) {
                    break;
                }
                switch (event) {
                    case LEND -> {
                        assertThat(lent).as("lent twice").isFalse();
                        assertThat(last).as("lent after a last response").isFalse();
                        lent = true;
                        heard = false;
                    }
                    case INTERIM_HEAD, HEAD -> heard = true;
                    case LAST_HEAD -> {
                        heard = true;
                        last = true;
                    }
                    case RELEASE -> lent = false;
                    case RELEASE_EARLY -> assertThat(state).isNotEqualTo(UpstreamConnectionState.COMPLETE);
                    case DRAINED -> lent = false;
                    case READ_DONE, RETURN -> {
                        assertThat(lent).as("pooled while lent").isFalse();
                        pooled = true;
                    }
                    case INTERIM_END, CLOSE -> {}
                }
                assertThat(state == UpstreamConnectionState.REUSED).isEqualTo(lent && pooled && !heard);
                assertThat(state == UpstreamConnectionState.FRESH).isEqualTo(lent && !pooled && !heard);
            }
        }
    }
}
