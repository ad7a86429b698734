package dev.sampan.answers.internal;

import dev.sampan.database.Database;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
class AnswersRoom {
    @Bean
    StoredAnswers answers(Database database, CallJournal journal, Meters meters, InstantSource clock) {
        AnswerStore store = new AnswerStore(database, journal.node(), clock);
        return new StoredAnswers(store, meters::charged, Executors.newVirtualThreadPerTaskExecutor());
    }
}
