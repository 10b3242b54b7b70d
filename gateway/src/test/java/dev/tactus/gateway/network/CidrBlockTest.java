package dev.tactus.gateway.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.128/25, 192.168.1.200, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1/128, ::1, true",
        "2001:db8::ff00:0/104, 2001:db8::ff12:3456, true",
        "2001:db8::/64, 2001:db8::ffff, true",
        "2001:db8::/64, 2001:db8:0:1::, false",
        "::/0, 2001:db8::1, true",
    })
    void containsWhatSharesItsPrefix(String range, String address, boolean within) {
        assertThat(CidrBlock.parse(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(within);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "localhost", "10.0.0/8", "10.0.0.1/8", "", "::/129"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> CidrBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.32.0.0/11, 10.32.0.0/11",
        "0.0.0.0/0, 0.0.0.0/0",
        "192.0.2.7, 192.0.2.7/32",
        "2001:db8:1:2:8000::/65, 2001:db8:1:2:8000:0:0:0/65",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6/128",
    })
    void isWrittenWithItsPrefix(String text, String written) {
        assertThat(CidrBlock.parse(text)).hasToString(written);
    }
}
