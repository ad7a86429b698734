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

    /// The same, before anyone signed in.
    public AccessRule forAnyone() {
        return new AccessRule(method, pattern, Who.ANYONE);
    }

    /// Who may pass.
    public enum Who {
        ANYONE,
        /// Signed in; with a one-time password only as far as choosing one of one's own.
        MEMBER
    }
}
