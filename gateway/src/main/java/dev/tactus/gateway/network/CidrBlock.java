package dev.tactus.gateway.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Addresses with a common prefix, as in `10.0.0.0/8` or `2001:db8::/32`; one alone without a slash.
///
/// @param bytes 4 or 16; bits beyond the prefix are zero
/// @param prefix how many bits count
public record CidrBlock(Bytes bytes, int prefix) {
    private static final int HOST_BITS = 64;

    /// Bytes that compare by value.
    record Bytes(long high, long low, int length) {}

    /// Reads a range, or one address without a slash.
    ///
    /// @throws IllegalArgumentException for anything else than an address with an optional prefix length
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = literal(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> bad(text))
                .getAddress();
        int bits = address.length * 8;
        int prefix = bits;
        if (slash >= 0) {
            String length = text.substring(slash + 1);
            prefix = length.matches("\\d{1,3}") ? Integer.parseInt(length) : -1;
        }
        if (prefix < 0 || prefix > bits) {
            throw bad(text);
        }
        CidrBlock range = new CidrBlock(bytes(address), prefix);
        if (!range.equals(range.masked())) {
            throw new IllegalArgumentException("\"" + text + "\" has bits set beyond its prefix length");
        }
        return range;
    }

    /// An address written in numbers; no name is ever looked up.
    public static Optional<InetAddress> literal(String text) {
        try {
            return text.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")
                    ? Optional.of(InetAddress.ofLiteral(text))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The network that is given to one host: its address, or the 64 bits of IPv6 of which it may take any address.
    public static CidrBlock ofHost(InetAddress address) {
        byte[] raw = address.getAddress();
        return new CidrBlock(bytes(raw), Math.min(raw.length * 8, HOST_BITS)).masked();
    }

    public boolean contains(InetAddress address) {
        byte[] raw = address.getAddress();
        return raw.length == bytes.length()
                && new CidrBlock(bytes(raw), prefix).masked().bytes.equals(bytes);
    }

    private CidrBlock masked() {
        int inHigh = Math.min(prefix, 64);
        int inLow = prefix - inHigh;
        return new CidrBlock(new Bytes(bytes.high() & mask(inHigh), bytes.low() & mask(inLow), bytes.length()), prefix);
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    private static Bytes bytes(byte[] address) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = (high << 8) | (i < address.length ? address[i] & 0xff : 0);
            low = (low << 8) | (i + 8 < address.length ? address[i + 8] & 0xff : 0);
        }
        return new Bytes(high, low, address.length);
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not an address range such as 10.0.0.0/8");
    }

    @Override
    public String toString() {
        byte[] raw = new byte[bytes.length()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) ((i < 8 ? bytes.high() : bytes.low()) >>> (56 - 8 * (i % 8)));
        }
        try {
            return InetAddress.getByAddress(raw).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
