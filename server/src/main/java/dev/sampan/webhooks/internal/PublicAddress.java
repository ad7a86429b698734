package dev.sampan.webhooks.internal;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/// Which addresses are of the world outside, by the IANA registries of special-purpose addresses (RFC 6890 and its
/// updates). What carries an IPv4 address inside is judged by that.
final class PublicAddress {
    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return switch (address) {
            case Inet4Address four -> isPublic(four.getAddress(), 0);
            case Inet6Address six -> isPublic(six.getAddress());
            default -> false;
        };
    }

    private static boolean isPublic(byte[] bytes, int from) {
        int a = bytes[from] & 255;
        int b = bytes[from + 1] & 255;
        int c = bytes[from + 2] & 255;
        boolean special = a == 0
                || a == 10
                || a == 127
                || a >= 224
                || a == 100 && b >= 64 && b < 128 // carriers' NAT
                || a == 169 && b == 254 // also clouds' metadata
                || a == 172 && b >= 16 && b < 32
                || a == 192 && b == 168
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 192 && b == 88 && c == 99
                || a == 198 && (b == 18 || b == 19)
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113;
        return !special;
    }

    private static boolean isPublic(byte[] six) {
        int first = (six[0] & 255) << 8 | six[1] & 255;
        int second = (six[2] & 255) << 8 | six[3] & 255;
        if (first == 0x64 && second == 0xff9b) {
            return six[4] == 0 && six[5] == 0 && isPublic(six, 12); // NAT64
        }
        if (first == 0x2002) {
            return isPublic(six, 2); // 6to4
        }
        boolean global = (first & 0xe000) == 0x2000; // 2000::/3, all that is given out
        boolean special = first == 0x2001 && (second < 0x200 || second == 0xdb8) // Teredo, ORCHID, documentation
                || first == 0x3fff && second < 0x1000;
        return global && !special;
    }
}
