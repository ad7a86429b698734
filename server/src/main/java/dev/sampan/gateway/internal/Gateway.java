package dev.sampan.gateway.internal;

import dev.sampan.gateway.Door;
import dev.sampan.gateway.internal.supply.SupplierClient;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The server: opens when everything behind it is ready and closes before it goes. A stop takes no further
/// call and waits for those that run.
final class Gateway implements Door, SmartLifecycle {
    /// After the purse, see `PurseLife`.
    static final int PHASE = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final long STOP_MILLIS = 15_000;

    private final GatewayProperties properties;
    private final HttpDoor door;
    private final Connections connections;
    private final Limits limits;
    private final ExecutorService modelPool;
    private final SupplierClient suppliers;
    private @Nullable Vertx vertx;
    private volatile int port;

    Gateway(
            GatewayProperties properties,
            HttpDoor door,
            Connections connections,
            Limits limits,
            ExecutorService modelPool,
            SupplierClient suppliers) {
        this.suppliers = suppliers;
        this.properties = properties;
        this.door = door;
        this.connections = connections;
        this.limits = limits;
        this.modelPool = modelPool;
    }

    @Override
    public void start() {
        Vertx made = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(properties.eventLoops())
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        vertx = made;
        suppliers.open(made);
        try {
            int wanted = properties.port() == 0 && properties.eventLoops() > 1 ? freePort() : properties.port();
            made.deployVerticle(
                            () -> new Listener(wanted), new DeploymentOptions().setInstances(properties.eventLoops()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | IOException e) {
            closeQuietly(made);
            throw cannotListen(e);
        } catch (InterruptedException e) {
            closeQuietly(made);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the door was being opened", e);
        }
        made.setPeriodic(1000, _ -> connections.look());
        LOG.info("The API listens on {}", address());
    }

    /// Listeners share a port only when they name it.
    private int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(properties.host()))) {
            return probe.getLocalPort();
        }
    }

    /// One server for each event loop, all on one port.
    private final class Listener extends VerticleBase {
        private final int wanted;

        Listener(int wanted) {
            this.wanted = wanted;
        }

        private final SplittableRandom ids = new SplittableRandom();

        @Override
        public Future<?> start() {
            HttpServer server = vertx.createHttpServer(options().setPort(wanted))
                    .connectionHandler(connections::opened)
                    .invalidRequestHandler(door::refuseNonsense)
                    .requestHandler(request -> door.handle(vertx, request, ids));
            return server.listen().onSuccess(listening -> port = listening.actualPort());
        }
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(properties.host())
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setTcpNoDelay(true)
                .setAcceptBacklog(1024)
                .setMaxInitialLineLength(8192)
                .setMaxHeaderSize(16_384)
                .setMaxFormAttributeSize(64 << 10)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(90);
    }

    private ProblemException cannotListen(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String where = properties.host() + ":" + properties.port();
        return new ProblemException(
                Problem.of("gateway.port_taken", "The API cannot listen on " + where + ": " + cause.getMessage())
                        .remedy("Choose another port with --port, 0 for any that is free"),
                e);
    }

    @Override
    public void stop() {
        limits.close();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        while (limits.running() > 0 && System.nanoTime() < until) {
            pause();
        }
        modelPool.shutdown();
        Vertx open = vertx;
        vertx = null;
        if (open != null) {
            closeQuietly(open);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Vertx open) {
        try {
            open.close().await(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("The API's threads did not end in time");
        }
    }

    @Override
    public boolean isRunning() {
        return vertx != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public URI address() {
        if (port == 0) {
            throw new IllegalStateException("the door is not open yet");
        }
        return URI.create("http://" + properties.host() + ":" + port);
    }
}
