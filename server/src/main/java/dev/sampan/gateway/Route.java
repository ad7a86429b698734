package dev.sampan.gateway;

import dev.sampan.accounts.Principal;
import java.util.Map;

/// A page of the API that a room below hangs on the door; a bean. Runs on a virtual thread and may block.
public interface Route {
    /// Such as `/v1/balance`.
    String path();

    /// @param query decoded parameters, the first value of each
    /// @return a record or map, answered as JSON
    /// @throws dev.sampan.kernel.ProblemException answered as 400 in the OpenAI error shape
    Object get(Principal principal, Map<String, String> query);
}
