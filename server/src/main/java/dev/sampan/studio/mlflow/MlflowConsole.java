package dev.sampan.studio.mlflow;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRule.Who;
import dev.sampan.shell.AccessRules;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/// Who may come to the door: anyone. Who may come in is asked there, of the request's header; a cookie opens nothing.
@Configuration(proxyBeanMethods = false)
class MlflowConsole {
    @Bean
    AccessRules mlflowRules() {
        return AccessRules.of(
                Stream.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)
                        .map(method -> new AccessRule(method, "/mlflow/**", Who.ANYONE))
                        .toArray(AccessRule[]::new));
    }
}
