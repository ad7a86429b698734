package dev.sampan.gateway.internal;

/// The answer leaves.
final class Answer implements Step {
    @Override
    public void take(Exchange exchange) {
        exchange.send();
    }
}
