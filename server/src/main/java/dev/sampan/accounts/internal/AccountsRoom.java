package dev.sampan.accounts.internal;

import dev.sampan.database.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together. Properties: `sampan.home`; `sampan.team.name`, read on the first start alone;
/// `sampan.database.url`, whose presence means that other nodes may make and revoke keys too.
@Configuration(proxyBeanMethods = false)
class AccountsRoom {
    @Bean
    MemberStore memberStore(Database database) {
        return new MemberStore(database);
    }

    @Bean
    Passwords passwords() {
        Passwords passwords = new Passwords();
        Thread.ofVirtual().name("password-warm-up").start(passwords::warmUp);
        return passwords;
    }

    @Bean
    FirstStart firstStart(
            Database database,
            MemberStore members,
            Passwords passwords,
            InstantSource clock,
            @Value("${sampan.home}") Path home,
            @Value("${sampan.team.name:Sampan}") String team) {
        return new FirstStart(new Organisations(database), members, passwords, clock, new FirstStart.Names(home, team));
    }

    @Bean
    StoredAccounts accounts(
            Database database, InstantSource clock, ApplicationEventPublisher events, FirstStart firstStart) {
        return new StoredAccounts(new Organisations(database), new KeyStore(database), clock, events, firstStart);
    }

    @Bean
    StoredMembers members(MemberStore store, Passwords passwords, InstantSource clock, FirstStart firstStart) {
        return new StoredMembers(store, passwords, new SignInThrottle(clock), firstStart);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    OtherNodes otherNodes(StoredAccounts accounts, @Value("${sampan.database.url:}") String url) {
        return new OtherNodes(accounts, !url.isEmpty());
    }
}
