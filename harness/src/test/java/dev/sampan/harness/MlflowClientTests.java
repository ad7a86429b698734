package dev.sampan.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sampan.SampanApplication;
import dev.sampan.accounts.Accounts;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.studio.LearningProcess;
import dev.sampan.studio.Run;
import dev.sampan.studio.Studio;
import dev.sampan.studio.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// MLflow's own Python client against the whole platform. Skipped where no Python with `mlflow` is found: the
/// environment variable `SAMPAN_PYTHON` names one, else `python3` is tried.
class MlflowClientTests {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String PYTHON = System.getenv().getOrDefault("SAMPAN_PYTHON", "python3");

    private static ConfigurableApplicationContext rooms;
    private static String key;

    @BeforeAll
    static void startThePlatform() throws Exception {
        assumeTrue(knowsMlflow(), "no Python with mlflow: set SAMPAN_PYTHON to one");
        rooms = new SpringApplicationBuilder(SampanApplication.class, LearnsFromThisClassPath.class)
                .registerShutdownHook(false)
                .run("--sampan.home=" + StartTime.aHome(), "--sampan.gateway.port=0", "--sampan.console.port=0");
        Accounts accounts = rooms.getBean(Accounts.class);
        key = accounts.createKey(accounts.team().id(), "notebook", accounts.platformActor())
                .secret();
    }

    /// The launcher names the learning module's class path; here it is the test's own.
    @Configuration(proxyBeanMethods = false)
    static class LearnsFromThisClassPath {
        @Bean
        @Primary
        Trainer learning() {
            return new LearningProcess(System.getProperty("java.class.path"));
        }
    }

    /// A run of ours, from a file of rows to an alias.
    private static void launchOneOfOurs(Path folder) throws Exception {
        StringBuilder rows = new StringBuilder("question,label\n");
        for (int i = 0; i < 120; i++) {
            rows.append(i % 2 == 0 ? "where is my parcel " : "give me the money back ")
                    .append(i)
                    .append(i % 2 == 0 ? ",delivery\n" : ",refund\n");
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        Path spec = Files.writeString(folder.resolve("sampan.yaml"), """
                name: tickets
                task: text_classification
                data:
                  dataset: rows.csv
                  input_features: [{name: question, type: text}]
                  output_features: [{name: label, type: category}]
                model: {type: bilstm, max_length: 8, embedding_size: 8, hidden_size: 8, dense_size: 8}
                train: {num_train_epochs: 2}
                explain: {samples: 0}
                track: {experiment: desk, tags: {owner: li}}
                """);
        Studio studio = rooms.getBean(Studio.class);
        Accounts accounts = rooms.getBean(Accounts.class);
        TenantId team = accounts.team().id();
        Ulid id = studio.launch(team, spec, List.of(), accounts.platformActor());
        Run run = studio.run(team, id).orElseThrow();
        while (run.finishedAt() == null) {
            Thread.sleep(100);
            run = studio.run(team, id).orElseThrow();
        }
        assertThat(run.state()).as(String.valueOf(run.problem())).isEqualTo(Run.State.SUCCEEDED);
    }

    @AfterAll
    static void stopThePlatform() {
        if (rooms != null) {
            rooms.close();
        }
    }

    private static boolean knowsMlflow() throws InterruptedException {
        try {
            Process asked = new ProcessBuilder(
                            PYTHON, "-c", "import importlib.util as u; exit(not u.find_spec('mlflow'))")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return asked.waitFor(30, TimeUnit.SECONDS) && asked.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void itsClientLogsListsAndSearchesAsAgainstItsOwnServer(@TempDir Path folder) throws Exception {
        launchOneOfOurs(folder);
        String said = python(Map.of("MLFLOW_TRACKING_TOKEN", key));
        assertThat(said)
                .contains("experiments ok", "runs ok", "search ok", "inputs ok", "artifacts ok", "models ok", "own ok");
    }

    private static String python(Map<String, String> environment, String... steps) throws Exception {
        String port = rooms.getEnvironment().getRequiredProperty("local.server.port");
        List<String> command = new ArrayList<>(List.of(
                PYTHON,
                ROOT.resolve("harness/python/mlflow_client.py").toString(),
                "http://127.0.0.1:" + port + "/mlflow"));
        command.addAll(List.of(steps));
        Path log = Files.createTempFile("mlflow-client-", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as("ended in time:%n%s", said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
