package dev.sampan.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import java.io.BufferedReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTests {
    @TempDir
    Path home;

    @Test
    void aSecondPlatformIsRefusedInOneSentenceThatNamesTheFirst() {
        try (HomeLock _ = HomeLock.take(home)) {
            assertThatThrownBy(() -> HomeLock.take(home))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(home.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("SAMPAN_HOME");
        }
        HomeLock.take(home).close();
    }

    @Test
    void theLockGoesWithAKilledProcess() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        home.toString())
                .start();
        try (BufferedReader words = other.inputReader()) {
            assertThat(words.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> HomeLock.take(home))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("process " + other.pid());
        } finally {
            other.destroyForcibly().waitFor();
        }
        HomeLock.take(home).close();
    }

    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            try (HomeLock _ = HomeLock.take(Path.of(arguments[0]))) {
                System.out.println("held");
                Thread.sleep(600_000);
            }
        }
    }
}
