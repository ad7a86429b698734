package dev.sampan.shell.internal;

import org.springframework.context.ApplicationContext;

/// Looks into the hub for tests of other packages.
public final class LiveHubProbe {
    private LiveHubProbe() {}

    public static int connections(ApplicationContext context) {
        return context.getBean(LiveHub.class).connections();
    }
}
