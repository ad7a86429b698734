package dev.sampan.shell;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.TenantId;
import java.io.Serializable;
import java.security.Principal;

/// Who looks at a page.
///
/// @param name sign-in name
/// @param customer one of a customer's people, to whom the portal is open and nothing else; else a member of
///     the team
/// @param mustChangePassword signed in with a one-time password: nothing but choosing a new one is open
public record Viewer(ActorId actor, TenantId tenant, String name, boolean customer, boolean mustChangePassword)
        implements Principal, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public String getName() {
        return name;
    }

    public Viewer withOwnPassword() {
        return new Viewer(actor, tenant, name, customer, false);
    }

    /// Where this viewer begins.
    public String home() {
        return customer ? "/portal" : "/";
    }
}
