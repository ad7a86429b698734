package dev.sampan.billing.internal;

import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.PooledDatabase;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Quantities;
import dev.sampan.kernel.TenantId;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A process that charges calls until it is killed, and says of each what it told the client.
final class KilledTill {
    private static final int CLIENTS = 8;

    private KilledTill() {}

    /// @param args the journal's folder, the customer, the database's url, user and password
    public static void main(String[] args) {
        TenantId customer = TenantId.parse(args[1]);
        PooledDatabase database = PooledDatabase.open(new DatabaseAddress(args[2], args[3], args[4]));
        Till till = new Till(Path.of(args[0]), database);
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.submit(() -> spend(till, customer));
            }
        }
    }

    private static void spend(Till till, TenantId customer) {
        while (true) {
            if (till.reserve(customer, 1) instanceof Purse.Held held) {
                if (Thread.currentThread().threadId() % 5 == 0 && System.nanoTime() % 3 == 0) {
                    till.purse().release(held, "refused");
                } else {
                    Purse.Charge charge = till.purse()
                            .settle(held, Quantities.units(1), null)
                            .toCompletableFuture()
                            .join();
                    System.out.println("charged " + charge.requestId());
                }
            } else {
                System.out.println("refused");
                return;
            }
        }
    }
}
