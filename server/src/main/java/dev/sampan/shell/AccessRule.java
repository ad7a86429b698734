package dev.sampan.shell;

import org.springframework.http.HttpMethod;

/// One line of the policy table: who may call a path. What no line names is denied.
///
/// @param pattern a path pattern such as `/runs/{id}`
public record AccessRule(HttpMethod method, String pattern, Who who) {
    /// A page that members may look at.
    public static AccessRule page(String pattern) {
        return new AccessRule(HttpMethod.GET, pattern, Who.MEMBER);
    }

    /// A form that members may send.
    public static AccessRule form(String pattern) {
        return new AccessRule(HttpMethod.POST, pattern, Who.MEMBER);
    }

    /// A page of the portal, for customers' people alone.
    public static AccessRule portalPage(String pattern) {
        return new AccessRule(HttpMethod.GET, pattern, Who.CUSTOMER);
    }

    /// A form of the portal.
    public static AccessRule portalForm(String pattern) {
        return new AccessRule(HttpMethod.POST, pattern, Who.CUSTOMER);
    }

    /// The same for everyone who signed in, members and customers.
    public AccessRule forAllSignedIn() {
        return new AccessRule(method, pattern, Who.SIGNED_IN);
    }

    /// The same, before anyone signed in.
    public AccessRule forAnyone() {
        return new AccessRule(method, pattern, Who.ANYONE);
    }

    /// Who may pass.
    public enum Who {
        ANYONE,
        /// With a one-time password only as far as choosing one of one's own; so with the two below.
        SIGNED_IN,
        /// Of the team.
        MEMBER,
        /// One of a customer's people.
        CUSTOMER
    }
}
