package dev.sampan.accounts.internal;

import dev.sampan.database.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together. Properties: `sampan.home`; `sampan.team.name`, read on the first start alone.
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
    KeyStore keyStore(Database database) {
        return new KeyStore(database);
    }

    @Bean
    KeyRing keyRing(KeyStore store, InstantSource clock, ApplicationEventPublisher events) {
        return new KeyRing(store, clock, events::publishEvent);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    KeyWatch keyWatch(KeyRing keys) {
        return new KeyWatch(keys);
    }

    @Bean
    StoredAccounts accounts(
            Database database, KeyStore store, KeyRing ring, InstantSource clock, FirstStart firstStart) {
        return new StoredAccounts(new Organisations(database), store, ring, clock, firstStart);
    }

    @Bean
    StoredMembers members(MemberStore store, Passwords passwords, InstantSource clock, FirstStart firstStart) {
        return new StoredMembers(store, passwords, new SignInThrottle(clock), firstStart, clock);
    }
}
