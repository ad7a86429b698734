package dev.sampan.gateway.internal;

/// One step of a call's life. It ends by [Exchange#next], by [Exchange#refuse], or later, from a callback on the
/// exchange's own thread, by one of the two. It never blocks.
interface Step {
    void take(Exchange exchange);
}
