package dev.sampan.limits.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Members;
import dev.sampan.database.Database;
import dev.sampan.limits.UsedSoFar;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class LimitsRoom {
    @Bean
    RuleBook limitBook(Database database, Accounts accounts, Members members, InstantSource clock) {
        return new RuleBook(new SqlLimitStore(database), new Subjects(accounts, members), clock);
    }

    /// What was used is known in a room below, which is there when somebody calls.
    @Bean
    LocalLimiter limiter(RuleBook book, ObjectProvider<UsedSoFar> used, Accounts accounts, InstantSource clock) {
        Supplier<Moment> moments = () -> new Moment(clock.millis(), System.nanoTime());
        Past past = new Past(used::getObject, accounts, Executors.newVirtualThreadPerTaskExecutor(), moments);
        return new LocalLimiter(book::ruleSet, past, moments);
    }

    @Bean
    LimitsWatch limitsWatch(RuleBook book, LocalLimiter limiter) {
        return new LimitsWatch(book, limiter);
    }
}
