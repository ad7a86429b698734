package dev.sampan.shell.internal;

import dev.sampan.shell.AccessRule;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.boot.web.server.servlet.CookieSameSiteSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/// Sign-in by form, sessions, CSRF, headers; deny by default, open what the rooms' rules name.
@Configuration(proxyBeanMethods = false)
class Security {
    static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain console(HttpSecurity http, List<AccessRule> rules, List<AuthenticationProvider> providers) {
        providers.forEach(http::authenticationProvider);
        return http.authorizeHttpRequests(policy -> apply(rules, policy))
                .formLogin(form -> form.loginPage("/sign-in")
                        .successHandler(new SignInOutcome())
                        .failureHandler(new SignInOutcome()))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?left"))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .exceptionHandling(refusal -> refusal.defaultAuthenticationEntryPointFor(
                        SignInOutcome.UNAUTHORIZED, SignInOutcome::wantsNoPage))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                        .frameOptions(frames -> frames.deny())
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()")))
                .sessionManagement(
                        session -> session.sessionFixation(fixation -> fixation.changeSessionId()))
                .build();
    }

    private static void apply(
            List<AccessRule> rules,
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry policy) {
        policy.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC).permitAll();
        var patterns = PathPatternRequestMatcher.withDefaults();
        for (AccessRule rule : rules) {
            var matcher = rule.method() == null
                    ? patterns.matcher(rule.pattern())
                    : patterns.matcher(rule.method(), rule.pattern());
            var opened = policy.requestMatchers(matcher);
            switch (rule.who()) {
                case ANYONE -> opened.permitAll();
                case MEMBER -> opened.authenticated();
            }
        }
        policy.anyRequest().denyAll();
    }

    /// After sign-in one returns to a page, never to a stream, a fragment or a file.
    private static HttpSessionRequestCache pagesOnly() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request ->
                request.getMethod().equals(HttpMethod.GET.name()) && !SignInOutcome.wantsNoPage(request));
        return cache;
    }

    @Bean
    CookieSameSiteSupplier sameSite() {
        return CookieSameSiteSupplier.ofLax();
    }

    @Bean
    AccessRule assetsRule() {
        return AccessRule.anyone("/assets/{name}");
    }

    @Bean
    AccessRule faviconRule() {
        return AccessRule.anyone("/favicon.ico");
    }

    @Bean
    AccessRule preferencesRule() {
        return new AccessRule(HttpMethod.POST, "/preferences", AccessRule.Who.ANYONE);
    }

    @Bean
    AccessRule liveRule() {
        return new AccessRule(HttpMethod.GET, "/live", AccessRule.Who.MEMBER);
    }
}
