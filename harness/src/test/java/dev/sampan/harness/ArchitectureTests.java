package dev.sampan.harness;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What may touch what, beyond the rooms' own declarations.
class ArchitectureTests {
    private static final String[] LEARNING = {"dev.sampan.compute..", "dev.sampan.network..", "dev.sampan.training.."};
    private static final String[] ENGINE = {
        "dev.sampan.kernel..",
        "dev.sampan.spec..",
        "dev.sampan.search..",
        "dev.sampan.data..",
        "dev.sampan.model..",
        "dev.sampan.runtime..",
        "dev.sampan.evaluation..",
        "dev.sampan.explanation..",
        "dev.sampan.compression.."
    };
    private static final Set<String> INEXACT = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sampan");

    @Test
    void theServerStartsLearningAsAProcessAndNeverCallsIt() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(LEARNING)
                .and()
                .resideOutsideOfPackage("dev.sampan.harness..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LEARNING));
    }

    @Test
    void theEngineAndLearningKnowNoSpringButTheModuleAnnotations() {
        check(noClasses()
                .that()
                .resideInAnyPackage(concat(ENGINE, LEARNING))
                .should()
                .dependOnClassesThat(describe(
                        "are of Spring",
                        type -> type.getPackageName().startsWith("org.springframework")
                                && !type.getPackageName().startsWith("org.springframework.modulith"))));
    }

    @Test
    void onlyLearningTouchesLibtorch() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(LEARNING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco.."));
    }

    @Test
    void pagesDoNotReachBehindARoomsInterface() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.sampan.(*).web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sampan.(*).internal.."));
    }

    @Test
    void noPageSpeaksSql() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.sampan.(*).web..", "dev.sampan.console..", "dev.sampan.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.springframework.jdbc.."));
    }

    @Test
    void moneyIsNeverInexact() {
        String[] money = {"dev.sampan.billing..", "dev.sampan.metering.."};
        check(fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(money)
                .should(ArchConditions.not(ArchConditions.have(describe(
                        "a binary fraction",
                        field -> INEXACT.contains(field.getRawType().getName()))))));
        check(methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(money)
                .should(ArchConditions.not(ArchConditions.have(
                        describe("a binary fraction in the signature", ArchitectureTests::speaksInexactly)))));
    }

    @Test
    void whatARoomKeepsToItselfIsNotSharedByThreadLocals() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.sampan..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ThreadLocal"));
    }

    @Test
    void namesSayWhatAThingIs() {
        Pattern vague = Pattern.compile(".*(Impl|Manager|Helper|Utils?|Base)$");
        check(classes()
                .that()
                .resideInAPackage("dev.sampan..")
                .should(ArchConditions.not(ArchConditions.be(describe(
                        "named vaguely",
                        (JavaClass type) -> vague.matcher(type.getSimpleName()).matches())))));
    }

    private static boolean speaksInexactly(JavaMethod method) {
        return INEXACT.contains(method.getRawReturnType().getName())
                || method.getRawParameterTypes().stream().anyMatch(type -> INEXACT.contains(type.getName()));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(HOUSE);
    }

    private static String[] concat(String[] first, String[] second) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(first), java.util.Arrays.stream(second))
                .toArray(String[]::new);
    }
}
