package dev.sampan.shell;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// One line of the policy table; a room contributes a bean for each path it serves. What no line names is denied.
///
/// @param method null for every method
/// @param pattern a path pattern such as `/runs/{id}`
public record AccessRule(@Nullable HttpMethod method, String pattern, Who who) {
    public static AccessRule members(String pattern) {
        return new AccessRule(null, pattern, Who.MEMBER);
    }

    public static AccessRule anyone(String pattern) {
        return new AccessRule(null, pattern, Who.ANYONE);
    }

    /// Who may pass.
    public enum Who {
        ANYONE,
        /// Signed in, with a password of one's own.
        MEMBER
    }
}
