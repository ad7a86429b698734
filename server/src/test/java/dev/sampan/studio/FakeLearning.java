package dev.sampan.studio;

import java.util.List;

/// Stands in for the training process: what it does is the name of the last folder of `--work`.
public final class FakeLearning {
    private FakeLearning() {}

    public static void main(String[] arguments) throws InterruptedException {
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
