package dev.sampan.studio.web;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.OperatorToken;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.studio.Studio;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Launching and watching runs, for the command line of the operator. Paths are of the platform's own machine.
@RestController
@RequestMapping(path = "/api/runs", produces = MediaType.APPLICATION_JSON_VALUE)
final class RunsApi {
    private final Studio studio;
    private final Accounts accounts;
    private final OperatorToken token;

    RunsApi(Studio studio, Accounts accounts, OperatorToken token) {
        this.studio = studio;
        this.accounts = accounts;
        this.token = token;
    }

    /// @param spec absolute path of a `sampan.yaml`
    private record Launch(String spec, List<String> overrides) {}

    @PostMapping
    String launch(@RequestHeader(name = "Authorization", defaultValue = "") String who, @RequestBody String body) {
        token.require(who);
        Launch launch = Json.read(body, Launch.class);
        Ulid run = studio.launch(
                accounts.team().id(), Path.of(launch.spec()), launch.overrides(), accounts.platformActor());
        return Json.write(Map.of("run", run.toString()));
    }

    @GetMapping("/{id}")
    String run(@RequestHeader(name = "Authorization", defaultValue = "") String who, @PathVariable String id) {
        token.require(who);
        return Json.write(studio.run(accounts.team().id(), parsed(id)).orElseThrow(() -> unknown(id)));
    }

    private static Ulid parsed(String id) {
        try {
            return Ulid.parse(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(Problem.of("run.not_found", "There is no run '" + id + "'"));
    }
}
