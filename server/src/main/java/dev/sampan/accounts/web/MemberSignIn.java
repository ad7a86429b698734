package dev.sampan.accounts.web;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.Viewer;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/// Turns a name and a password into the [Viewer] of the session.
@Component
final class MemberSignIn implements AuthenticationProvider {
    private static final List<SimpleGrantedAuthority> MEMBER = authority(AccessRule.Who.MEMBER);
    private static final List<SimpleGrantedAuthority> CUSTOMER = authority(AccessRule.Who.CUSTOMER);

    private final ObjectProvider<Credentials> credentials;

    MemberSignIn(ObjectProvider<Credentials> credentials) {
        this.credentials = credentials;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        String password = attempt.getCredentials() instanceof String given ? given : "";
        return switch (credentials.getObject().signIn(attempt.getName().strip(), password, address)) {
            case Credentials.Welcome welcome -> signedIn(welcome.viewer());
            case Credentials.Refused _ -> throw new BadCredentialsException("refused");
            case Credentials.Throttled _ -> throw new LockedException("too many tries");
        };
    }

    private static List<SimpleGrantedAuthority> authority(AccessRule.Who who) {
        return List.of(new SimpleGrantedAuthority(who.name()));
    }

    static Authentication signedIn(Viewer viewer) {
        return UsernamePasswordAuthenticationToken.authenticated(viewer, null, viewer.customer() ? CUSTOMER : MEMBER);
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
