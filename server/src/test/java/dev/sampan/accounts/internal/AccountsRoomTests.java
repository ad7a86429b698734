package dev.sampan.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.KeyUsed;
import dev.sampan.accounts.Members;
import dev.sampan.accounts.Members.SignedIn;
import dev.sampan.accounts.Organisation;
import dev.sampan.database.Database;
import dev.sampan.testing.DatabaseFixture;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/// The room as the platform starts it.
class AccountsRoomTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    static Path home;

    private final BlockingQueue<KeyUsed> told = new LinkedBlockingQueue<>();

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(AccountsRoom.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(Map.of("sampan.home", home.toString()))
                .listeners((ApplicationListener<PayloadApplicationEvent<?>>) event -> {
                    if (event.getPayload() instanceof KeyUsed used) {
                        told.add(used);
                    }
                })
                .initializers(context -> {
                    var beans = context.getBeanFactory();
                    beans.registerSingleton("database", (Database) DB.database());
                    beans.registerSingleton("clock", InstantSource.system());
                })
                .run();
    }

    @Test
    void everythingIsThereAfterARestartAndAFirstCallIsToldAtOnce() throws InterruptedException {
        Organisation customer;
        ApiKey.Minted minted;
        String once;
        try (ConfigurableApplicationContext rooms = start()) {
            Accounts accounts = rooms.getBean(Accounts.class);
            customer = accounts.createCustomer("Harbour Tea", accounts.platformActor());
            minted = accounts.createKey(customer.id(), "shop", accounts.platformActor());
            once = accounts.adminOneTimePassword().orElseThrow();
        }
        try (ConfigurableApplicationContext rooms = start()) {
            Accounts accounts = rooms.getBean(Accounts.class);
            assertThat(accounts.customers()).extracting(Organisation::name).containsExactly("Harbour Tea");
            assertThat(accounts.adminOneTimePassword()).contains(once);
            assertThat(rooms.getBean(Members.class).authenticate("admin", once, "1.2.3.4"))
                    .isInstanceOf(SignedIn.class);

            assertThat(accounts.authenticate(minted.secret())).isPresent();
            assertThat(told.poll(1_500, TimeUnit.MILLISECONDS))
                    .as("within the pause between two looks")
                    .isEqualTo(new KeyUsed(customer.id(), minted.key().id()));
        }
    }

    @Test
    void theLastUseIsWrittenWhenThePlatformStops() {
        Organisation customer;
        try (ConfigurableApplicationContext rooms = start()) {
            Accounts accounts = rooms.getBean(Accounts.class);
            customer = accounts.createCustomer("海棠花店", accounts.platformActor());
            accounts.authenticate(accounts.createKey(customer.id(), "shop", accounts.platformActor())
                    .secret());
        }
        try (ConfigurableApplicationContext rooms = start()) {
            assertThat(rooms.getBean(Accounts.class).keys(customer.id()))
                    .singleElement()
                    .satisfies(key -> assertThat(key.lastUsedAt()).isNotNull());
        }
    }
}
