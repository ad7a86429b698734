/// What goes over the wire: requests, answers, errors, streams of events. Knows no money and no sockets.
@NullMarked
package dev.sampan.gateway.internal.wire;

import org.jspecify.annotations.NullMarked;
