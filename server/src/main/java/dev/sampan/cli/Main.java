package dev.sampan.cli;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/// `./sampan VERB`: exit code 0 when it worked, 1 when it failed, 2 when it was called wrongly, 130 when
/// interrupted.
@Command(
        name = "sampan",
        mixinStandardHelpOptions = true,
        version = "Sampan 0.1.0",
        synopsisSubcommandLabel = "VERB",
        resourceBundle = "messages.cli",
        subcommands = {
            InitVerb.class,
            DataVerb.class,
            CheckVerb.class,
            PlanVerb.class,
            TrainVerb.class,
            EvaluateVerb.class,
            LabelVerb.class,
            PredictVerb.class,
            GenerateVerb.class,
            ExplainVerb.class,
            CompressVerb.class,
            UpVerb.class,
            LaunchVerb.class,
            SuppliersVerb.class,
            PlansVerb.class,
            LimitsVerb.class,
            PaymentsVerb.class,
            VerifyVerb.class,
            BackupVerb.class,
            RestoreVerb.class,
            DemoVerb.class
        })
public final class Main implements Runnable {
    static final int INTERRUPTED = 130;

    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), Texts.get("usage.which_verb"));
    }

    public static void main(String[] arguments) {
        java.util.Locale.setDefault(Texts.locale());
        Interruption interruption = Interruption.watch();
        int code = run(arguments);
        interruption.finished();
        System.exit(code);
    }

    static int run(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Main::wrongCall);
        line.setExecutionExceptionHandler(Main::failed);
        return line.execute(arguments);
    }

    private static int wrongCall(ParameterException fault, String[] arguments) {
        System.err.println("sampan: " + fault.getMessage());
        CommandLine line = fault.getCommandLine();
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(fault, line.getErr())) {
            System.err.println(
                    "        " + Texts.get("usage.help", line.getCommandSpec().qualifiedName()));
        }
        return ExitCode.USAGE;
    }

    /// The one place where a fault becomes lines and an exit code. A programmer's error keeps its stack.
    private static int failed(Exception fault, CommandLine line, CommandLine.ParseResult result) throws Exception {
        boolean json = line.getCommand() instanceof LocalVerb verb && verb.json() && !verb.documentBegun();
        if (fault instanceof CancellationException) {
            System.err.println("sampan: " + Texts.get("interrupted"));
            return INTERRUPTED;
        }
        ProblemException known = problemIn(fault);
        if (known == null) {
            throw fault;
        }
        List<Problem> problems = known.problems();
        if (json) {
            System.out.println(dev.sampan.kernel.Json.pretty(java.util.Map.of("problems", problems))
                    .stripTrailing());
        } else {
            problems.forEach(problem -> System.err.println("sampan: " + problem.line()));
        }
        return ExitCode.SOFTWARE;
    }

    /// The platform's start wraps a problem of a room in exceptions of its own.
    private static @Nullable ProblemException problemIn(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known;
            }
        }
        return null;
    }
}
