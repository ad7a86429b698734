package dev.sampan.console.sample;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Ulid;
import dev.sampan.webhooks.Webhooks;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/// One endpoint that is not always well.
public final class SampleWebhooks implements Webhooks {
    private static final URI ADDRESS = URI.create("https://shop.example.com/sampan");
    private static final Ulid ENDPOINT = new Ulid(1L << 16, 9);

    private final boolean empty;
    private final Instant now = Instant.now();

    public SampleWebhooks(boolean empty) {
        this.empty = empty;
    }

    @Override
    public Added add(URI address, ActorId by) {
        return new Added(endpoints().getFirst(), "whsec_c2FtcGxl");
    }

    @Override
    public void remove(Ulid endpoint) {
        throw new UnsupportedOperationException("the sample keeps its endpoint");
    }

    @Override
    public List<Endpoint> endpoints() {
        return empty ? List.of() : List.of(new Endpoint(ENDPOINT, ADDRESS, now));
    }

    private Delivery delivery(int number, String type, State state, String answer) {
        return new Delivery(new Ulid(1L << 16, number), ENDPOINT, ADDRESS, type, now, state, number, now, answer);
    }

    @Override
    public List<Delivery> deliveries(int most) {
        return empty
                ? List.of()
                : List.of(
                        delivery(1, "payment.received", State.DELIVERED, "204"),
                        delivery(3, "refund.made", State.PENDING, "503"),
                        delivery(10, "invoice.issued", State.DEAD, "no answer in 15 s"));
    }

    @Override
    public void replay(Ulid message, Ulid endpoint) {
        throw new UnsupportedOperationException("the sample sends nothing");
    }
}
