package dev.sampan.webhooks.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/// Which addresses may be told anything. A name is resolved once for each sending, and the address that was judged
/// is the one that is connected to, so that a name that means something else a moment later gains nothing.
///
/// @param names resolves
/// @param allowPrivate for a network of one's own; plain http is allowed there alone
record Guard(Names names, boolean allowPrivate) {
    /// Host → all its addresses.
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /// Whether it could be an endpoint at all.
    ///
    /// @throws ProblemException `webhooks.bad_address`, `webhooks.private_address`
    void check(URI address) {
        String host = address.getHost();
        boolean web = "https".equals(address.getScheme()) || allowPrivate && "http".equals(address.getScheme());
        if (!web || host == null || address.getUserInfo() != null || address.getFragment() != null) {
            throw new ProblemException(Problem.of("webhooks.bad_address", "'" + address + "' cannot be told anything")
                    .remedy("Write it as https://host/path, without user and fragment"));
        }
        resolve(address);
    }

    /// The one to connect to.
    ///
    /// @throws ProblemException when any of its addresses is not of the world outside, or there is none
    InetAddress resolve(URI address) {
        String host = String.valueOf(address.getHost()).replace("[", "").replace("]", "");
        List<InetAddress> found;
        try {
            found = List.of(names.of(host));
        } catch (UnknownHostException e) {
            throw new ProblemException(Problem.of("webhooks.bad_address", "Nobody knows the host '" + host + "'"), e);
        }
        if (!allowPrivate && !found.stream().allMatch(PublicAddress::is)) {
            throw new ProblemException(
                    Problem.of("webhooks.private_address", "'" + host + "' is an address of a network of one's own")
                            .remedy("Use a public address, or start with sampan.webhooks.allow-private=true"));
        }
        return found.getFirst();
    }
}
