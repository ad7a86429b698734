package dev.sampan.cli;

import dev.sampan.SampanApplication;
import dev.sampan.accounts.Accounts;
import dev.sampan.billing.Billing;
import dev.sampan.catalog.Catalog;
import dev.sampan.database.Database;
import dev.sampan.gateway.Door;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.Studio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The platform running in this process.
final class Platform implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;

    private final Path home;
    private final ConfigurableApplicationContext rooms;

    private Platform(Path home, ConfigurableApplicationContext rooms) {
        this.home = home;
        this.rooms = rooms;
    }

    /// Ready to be called when this returns.
    ///
    /// @throws dev.sampan.kernel.ProblemException what stands in the way: a port, the database, another Sampan
    static Platform start(PlatformOptions options, ProgressLines progress) {
        Path home = Home.prepared();
        requireFree(options.apiPort, "API", "--port");
        requireFree(options.consolePort, "console", "--console-port");
        progress.at("database", 0, 1, home.toString());
        Map<String, Object> properties = new HashMap<>();
        properties.put("sampan.home", home.toString());
        properties.put("sampan.gateway.port", options.apiPort);
        properties.put("sampan.console.port", options.consolePort);
        if (options.databaseUrl != null) {
            properties.put("sampan.database.url", options.databaseUrl);
        }
        if (options.backups != null) {
            properties.put(
                    "sampan.backup.folder", options.backups.toAbsolutePath().toString());
        }
        if (options.models != null) {
            properties.put("sampan.models", options.models.toAbsolutePath().toString());
        }
        ConfigurableApplicationContext rooms = new SpringApplicationBuilder(SampanApplication.class)
                .registerShutdownHook(false)
                .initializers(context -> context.getBeanFactory().addBeanPostProcessor(new StartWatch(progress)))
                .properties(properties)
                .run();
        progress.at("platform", 1, 1, "");
        Platform platform = new Platform(home, rooms);
        RunningPlatform.announce(home, platform.consoleAddress());
        return platform;
    }

    /// Tells that PostgreSQL runs and its tables are up to date, as soon as it is so.
    private record StartWatch(ProgressLines progress) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof Database) {
                progress.at("database", 1, 1, "");
                progress.at("platform", 0, 1, "");
            }
            return bean;
        }
    }

    /// Asked before anything is started, so that a refusal costs nothing.
    private static void requireFree(int port, String what, String option) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                                    "platform.port_taken",
                                    "The " + what + " cannot listen on port " + port + ": " + e.getMessage())
                            .remedy("Stop what uses it, or choose another port: " + option + " PORT"),
                    e);
        }
    }

    Path home() {
        return home;
    }

    Accounts accounts() {
        return rooms.getBean(Accounts.class);
    }

    Studio studio() {
        return rooms.getBean(Studio.class);
    }

    Catalog catalog() {
        return rooms.getBean(Catalog.class);
    }

    Billing billing() {
        return rooms.getBean(Billing.class);
    }

    String apiAddress() {
        return rooms.getBean(Door.class).address().toString();
    }

    String consoleAddress() {
        return "http://127.0.0.1:" + rooms.getEnvironment().getRequiredProperty("local.server.port");
    }

    /// Until Ctrl-C or SIGTERM.
    void awaitStop() throws InterruptedException {
        while (!Interruption.requested()) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    @Override
    public void close() {
        RunningPlatform.withdraw(home);
        rooms.close();
    }
}
