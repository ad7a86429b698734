/// Tells the team's own programs what happened. In: events of other rooms, written down in the transaction in
/// which they happen (outbox). Out: signed POSTs to the team's endpoints, as the Standard Webhooks specification
/// says (https://www.standardwebhooks.com), tried again for three days, then put aside, and sent anew on demand.
///
/// **Invariants.** What was committed is told, at least once; what was rolled back never. A message keeps its
/// id however often it is sent, so that whoever gets it can tell. Each sending is signed over id, seconds and
/// body. No message goes to an address of this machine or its network, whatever a name resolves to: the address
/// that was checked is the one that is connected to, and redirects are not followed.
@ApplicationModule(allowedDependencies = {"kernel", "database", "shell", "trust", "accounts", "billing", "payments"})
@NullMarked
package dev.sampan.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
