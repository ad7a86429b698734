package dev.sampan.studio;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Stands in for the training process: what it does is the name of the last folder of `--work`.
public final class FakeLearning {
    private FakeLearning() {}

    public static void main(String[] arguments) throws Exception {
        String work = List.of(arguments).getLast();
        switch (work.substring(work.lastIndexOf('/') + 1)) {
            case "talks" -> {
                say("{\"event\":\"progress\",\"step\":\"train\",\"done\":1,\"total\":2,\"note\":\"轮次 1\"}");
                say("a line of a native library");
                say("{\"event\":\"metric\",\"epoch\":1,\"values\":{\"train_loss\":0.5}}");
                say("{\"event\":\"problem\",\"code\":\"training.diverged\",\"sentence\":\"The loss is NaN\","
                        + "\"place\":null,\"remedy\":\"Lower train.learning_rate\"}");
                System.exit(1);
            }
            case "crashes" -> {
                say("terminate called after throwing an instance of 'c10::Error'");
                Runtime.getRuntime().halt(134);
            }
            case "crashes silently" -> {
                Files.writeString(Path.of(work, "native.log"), "free(): invalid pointer\n\n");
                Runtime.getRuntime().halt(134);
            }
            case "dies without a word" -> Runtime.getRuntime().halt(137);
            case "talks without end" -> {
                for (int i = 1; i <= 20_000; i++) {
                    say("{ not JSON, line " + i);
                }
                say("{\"event\":\"something newer\"}");
                System.exit(3);
            }
            case "does not listen" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> LockSupport.parkNanos(Long.MAX_VALUE)));
                say("{\"event\":\"progress\",\"step\":\"train\",\"done\":1,\"total\":2,\"note\":\"\"}");
                Thread.sleep(60_000);
            }
            default -> {
                say("{\"event\":\"progress\",\"step\":\"train\",\"done\":1,\"total\":2,\"note\":\"\"}");
                Thread.sleep(60_000);
            }
        }
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
