package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.Test;

class LeakRecorderTest {
    /// Without this the tests that ask for leaks would pass whatever leaks.
    @Test
    void isTheDetectorThatNettyUses() {
        ResourceLeakDetector<Object> used =
                ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Object.class, 1);
        assertThat(used).isInstanceOf(LeakRecorder.class);
    }
}
