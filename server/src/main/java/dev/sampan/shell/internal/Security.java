package dev.sampan.shell.internal;

import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
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
    static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
                    + "form-action 'self'; frame-ancestors 'none'";

    @Bean
    SecurityFilterChain console(HttpSecurity http, List<AccessRules> tables, List<AuthenticationProvider> providers) {
        providers.forEach(http::authenticationProvider);
        return http.authorizeHttpRequests(policy -> apply(tables, policy))
                .formLogin(form -> form.loginPage("/sign-in")
                        .successHandler(new SignInOutcome())
                        .failureHandler(new SignInOutcome()))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in?left"))
                // Under these nothing is allowed by a cookie, so no other site can borrow one.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/api/**", "/mlflow/**", "/pay/notify/**"))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .exceptionHandling(refusal ->
                        refusal.authenticationEntryPoint(SignInOutcome::ask).accessDeniedHandler(new OwnSide()))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                        .frameOptions(frames -> frames.deny())
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()")))
                .sessionManagement(session -> session.sessionFixation(fixation -> fixation.changeSessionId()))
                .build();
    }

    private static void apply(
            List<AccessRules> tables,
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry policy) {
        policy.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll();
        var patterns = PathPatternRequestMatcher.withDefaults();
        tables.stream().flatMap(table -> table.rules().stream()).forEach(rule -> {
            var opened = policy.requestMatchers(patterns.matcher(rule.method(), rule.pattern()));
            switch (rule.who()) {
                case ANYONE -> opened.permitAll();
                case SIGNED_IN -> opened.authenticated();
                case MEMBER -> opened.hasAuthority(AccessRule.Who.MEMBER.name());
                case CUSTOMER -> opened.hasAuthority(AccessRule.Who.CUSTOMER.name());
            }
        });
        policy.anyRequest().denyAll();
    }

    /// After sign-in one returns to a page, never to a stream, a fragment or a file.
    private static HttpSessionRequestCache pagesOnly() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(
                request -> request.getMethod().equals(HttpMethod.GET.name()) && !SignInOutcome.wantsNoPage(request));
        return cache;
    }

    @Bean
    CookieSameSiteSupplier sameSite() {
        return CookieSameSiteSupplier.ofLax();
    }

    @Bean
    AccessRules shellRules() {
        return AccessRules.of(
                AccessRule.page("/assets/{name}").forAnyone(),
                AccessRule.page("/favicon.ico").forAnyone(),
                AccessRule.form("/preferences").forAnyone(),
                AccessRule.page("/live"));
    }
}
