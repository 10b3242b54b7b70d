package dev.tactus.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tactus.gateway.TransitionTable;
import dev.tactus.gateway.proxy.ExchangeState.Event;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExchangeStateTest {

    @Test
    void isAsItsDocumentationSays() throws Exception {
        Map<String, Map<String, String>> next = new HashMap<>();
        for (ExchangeState state : ExchangeState.values()) {
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
        assertThat(TransitionTable.of(ExchangeState.class)).isEqualTo(next);
    }

    /// Whatever happens: the policy lets a request go before it is sent, once for each time that it had it; the client
    /// gets one response at most, and an exchange can end at any moment, once.
    @Test
    void forwardsOnlyWhatThePolicyLetGoAndRespondsOnce() {
        Random random = new Random(18);
        for (int walk = 0; walk < 2_000; walk++) {
            ExchangeState state = ExchangeState.RECEIVED;
            int had = 0;
            int forwarded = 0;
            int responses = 0;
            while (state != ExchangeState.ENDED) {
                assertThat(state.takes(Event.END)).isTrue();
                List<Event> possible =
                        Arrays.stream(Event.values()).filter(state::takes).toList();
                Event event = possible.get(random.nextInt(possible.size()));
                state = state.after(event);
                switch (event) {
                    case ADMIT, TAKE_BACK -> had++;
                    case FORWARD -> forwarded++;
                    case PASS -> responses++;
                    case SEND -> assertThat(forwarded).isEqualTo(had);
                    case RETRY, RECALL, HOLD, END -> {}
                }
                assertThat(forwarded).isLessThanOrEqualTo(had);
                assertThat(responses).isLessThanOrEqualTo(1);
            }
            assertThat(Event.values()).noneMatch(ExchangeState.ENDED::takes);
        }
    }
}
