package io.fairlead;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The house: which room may use which. A change here is a change of plan, and ARCHITECTURE.md is
/// changed with it.
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.fairlead");

  /// Each room and the doors that it has. The root may use every room.
  private static final Map<String, Set<String>> DOORS = new LinkedHashMap<>();

  static {
    DOORS.put("base", Set.of());
    DOORS.put("json", Set.of("base"));
    DOORS.put("http", Set.of("base"));
    DOORS.put("secrets", Set.of("base"));
    DOORS.put("storage", Set.of("base"));
    DOORS.put("render", Set.of("base", "json", "http"));
    DOORS.put("template", Set.of("base", "json"));
    DOORS.put("condition", Set.of("base", "json"));
    DOORS.put("response", Set.of("base", "json", "http", "condition"));
    DOORS.put("tenant", Set.of("base", "storage"));
    DOORS.put("audit", Set.of("base", "storage"));
    DOORS.put("user", Set.of("base", "storage", "tenant"));
    DOORS.put("event", Set.of("base", "json", "storage"));
    DOORS.put("adaptor", Set.of("base", "json", "storage", "render"));
    DOORS.put("authorization", Set.of("base", "json", "secrets", "http", "storage", "render"));
    DOORS.put(
        "connector",
        Set.of(
            "base",
            "json",
            "secrets",
            "storage",
            "render",
            "condition",
            "response",
            "authorization",
            "adaptor"));
    DOORS.put(
        "call",
        Set.of(
            "base",
            "json",
            "secrets",
            "http",
            "render",
            "response",
            "authorization",
            "adaptor",
            "connector"));
    DOORS.put(
        "delivery",
        Set.of(
            "base",
            "json",
            "http",
            "storage",
            "condition",
            "response",
            "connector",
            "event",
            "call"));
    DOORS.put(
        "command",
        Set.of(
            "base",
            "json",
            "secrets",
            "http",
            "storage",
            "render",
            "response",
            "authorization",
            "adaptor",
            "connector",
            "call",
            "tenant"));
    DOORS.put(
        "ingest", Set.of("base", "json", "http", "storage", "connector", "event", "delivery"));
    DOORS.put(
        "api",
        Set.of(
            "base",
            "json",
            "http",
            "storage",
            "render",
            "condition",
            "tenant",
            "user",
            "audit",
            "event",
            "adaptor",
            "authorization",
            "connector",
            "call",
            "command",
            "delivery",
            "ingest",
            "template",
            "response",
            "imports"));
    DOORS.put("imports", Set.of("base", "json", "http"));
    DOORS.put("demo", Set.of("json", "http"));
  }

  @TestFactory
  Iterable<DynamicTest> everyRoomUsesOnlyItsDoors() {
    return DOORS.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> usesOnly(e.getKey(), e.getValue())))
        .toList();
  }

  private static void usesOnly(String room, Set<String> doors) {
    Set<String> closed =
        DOORS.keySet().stream()
            .filter(other -> !other.equals(room) && !doors.contains(other))
            .map(other -> "io.fairlead." + other)
            .collect(toSet());
    closed.add("io.fairlead");
    noClasses()
        .that()
        .resideInAPackage("io.fairlead." + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(closed.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void thereIsNoOtherRoom() {
    Set<String> rooms =
        CLASSES.stream()
            .map(c -> c.getPackageName())
            .filter(name -> !name.equals("io.fairlead"))
            .map(name -> name.substring("io.fairlead.".length()))
            .collect(toSet());
    org.assertj.core.api.Assertions.assertThat(rooms).isEqualTo(DOORS.keySet());
  }

  @Test
  void thereAreNoCircles() {
    slices().matching("io.fairlead.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void sqlIsOnlyWhereItBelongs() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.fairlead",
            "io.fairlead.storage",
            "io.fairlead.tenant",
            "io.fairlead.user",
            "io.fairlead.audit",
            "io.fairlead.event",
            "io.fairlead.adaptor",
            "io.fairlead.authorization",
            "io.fairlead.connector",
            "io.fairlead.command",
            "io.fairlead.delivery")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..")
        .check(CLASSES);
  }

  @Test
  void theNetworkStackIsOnlyInItsRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fairlead.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .check(CLASSES);
  }

  @Test
  void theDatabaseDriversAreOnlyInTheirRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fairlead.storage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.sqlite..", "org.postgresql..", "com.zaxxer..", "org.flywaydb..")
        .check(CLASSES);
  }
}
