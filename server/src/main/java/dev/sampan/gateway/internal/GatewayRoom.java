package dev.sampan.gateway.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.gateway.Once;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Route;
import dev.sampan.gateway.internal.supply.AnswerCache;
import dev.sampan.gateway.internal.supply.Health;
import dev.sampan.gateway.internal.supply.Relays;
import dev.sampan.gateway.internal.supply.SupplierClient;
import dev.sampan.limits.Limiter;
import dev.sampan.serving.Serving;
import dev.sampan.suppliers.Suppliers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together; its settings are in [GatewayProperties].
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayRoom {
    /// The meters of all rooms.
    @Bean
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    Limits limits(GatewayProperties properties) {
        return new Limits(properties.callsMax(), properties.callsMaxPerCustomer(), properties.bodyBytesMax());
    }

    @Bean
    Connections connections(InstantSource clock) {
        return new Connections(clock, 10_000);
    }

    /// No bean: where one stands, Boot makes no executor of its own for web requests.
    private static ThreadPoolExecutor modelPool(GatewayProperties properties) {
        int threads = properties.runThreads();
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(properties.runQueue()),
                Thread.ofPlatform().name("model-", 0).daemon().factory());
    }

    @Bean
    Health supplierHealth(InstantSource clock) {
        return new Health(clock, () -> ThreadLocalRandom.current().nextDouble());
    }

    @Bean
    LimitsRoute limitsRoute(Limiter limiter) {
        return new LimitsRoute(limiter);
    }

    /// What stands behind the door comes when it opens: billing, which holds the purse, is a room below.
    @Bean
    Gateway gateway(
            GatewayProperties properties,
            Accounts accounts,
            Serving serving,
            Suppliers suppliers,
            Health health,
            Purse purse,
            Limiter limiter,
            ObjectProvider<Once> once,
            ObjectProvider<Route> routes,
            Limits limits,
            Connections connections,
            PrometheusMeterRegistry metrics,
            InstantSource clock) {
        Gauge.builder("sampan_calls_running", limits, Limits::running).register(metrics);
        Gauge.builder("sampan_connections", connections, Connections::count).register(metrics);
        ThreadPoolExecutor modelPool = modelPool(properties);
        SupplierClient client = new SupplierClient();
        Relays relays = new Relays(suppliers, client, health, new AnswerCache(clock));
        List<Step> steps = Steps.of(
                new Steps.Behind(accounts, purse, serving, relays, limiter, once::getIfAvailable),
                limits,
                modelPool,
                clock);
        Pages pages =
                new Pages(accounts, serving, suppliers, purse, routes.stream().toList());
        HttpDoor.Parts parts = new HttpDoor.Parts(
                steps,
                pages,
                new Replies(clock, metrics),
                connections,
                metrics,
                Executors.newVirtualThreadPerTaskExecutor());
        return new Gateway(properties, new HttpDoor(parts, clock), connections, limits, modelPool, client);
    }
}
