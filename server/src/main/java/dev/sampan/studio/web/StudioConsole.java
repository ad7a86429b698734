package dev.sampan.studio.web;

import dev.sampan.accounts.OperatorToken;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.shell.LiveTopic;
import dev.sampan.shell.NavigationEntry;
import dev.sampan.shell.NavigationEntry.Group;
import dev.sampan.shell.Viewer;
import dev.sampan.studio.Studio;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this room adds to the console.
@Configuration(proxyBeanMethods = false)
class StudioConsole {
    @Bean
    NavigationEntry runsEntry() {
        return new NavigationEntry(Group.BUILD, "studio.runs", "/runs", 20, "runs");
    }

    @Bean
    AccessRules studioRules() {
        return AccessRules.of(
                AccessRule.page("/runs"),
                AccessRule.page("/runs/{id}"),
                AccessRule.form("/runs/{id}/cancel"),
                // The operator proves himself by a token in the header, which no other site can send.
                AccessRule.form("/api/runs").forAnyone(),
                AccessRule.page("/api/runs/{id}").forAnyone());
    }

    @Bean
    OperatorToken operatorToken(@Value("${sampan.home}") Path home) {
        return OperatorToken.of(home);
    }

    @Bean
    LiveTopic runTopic(Studio studio) {
        return new LiveTopic("run/", (viewer, id) -> sees(studio, viewer, id));
    }

    private static boolean sees(Studio studio, Viewer viewer, String id) {
        try {
            return studio.run(viewer.tenant(), Ulid.parse(id)).isPresent();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
