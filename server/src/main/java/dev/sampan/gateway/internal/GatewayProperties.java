package dev.sampan.gateway.internal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `sampan.gateway.*`.
///
/// @param host address to listen on; this machine alone unless told otherwise
/// @param port 0 for any that is free
/// @param eventLoops threads that read and write; 0: one for two cores
/// @param runThreads threads on which models answer; 0: two for each core, at least eight
/// @param runQueue calls that may wait for such a thread
/// @param callsMax calls at once on this installation
/// @param callsMaxPerCustomer calls at once of one customer
/// @param bodyBytesMax bytes of request bodies in memory at once; 0: a quarter of the heap
@ConfigurationProperties("sampan.gateway")
record GatewayProperties(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8000") int port,
        @DefaultValue("0") int eventLoops,
        @DefaultValue("0") int runThreads,
        @DefaultValue("1024") int runQueue,
        @DefaultValue("2048") int callsMax,
        @DefaultValue("512") int callsMaxPerCustomer,
        @DefaultValue("0") long bodyBytesMax) {
    GatewayProperties {
        int cores = Runtime.getRuntime().availableProcessors();
        eventLoops = eventLoops > 0 ? eventLoops : Math.max(1, cores / 2);
        bodyBytesMax = bodyBytesMax > 0 ? bodyBytesMax : Runtime.getRuntime().maxMemory() / 4;
        runThreads = runThreads > 0 ? runThreads : Math.max(8, cores * 2);
    }
}
