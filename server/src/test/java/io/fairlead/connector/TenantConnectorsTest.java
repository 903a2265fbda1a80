package io.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.authorization.Auth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantConnectorsTest {
  private static final Draft DRAFT =
      ConnectorDocumentTest.draft(
          "{\"name\":\"A\",\"method\":\"POST\",\"url\":\"https://a.example/\"}");

  private static Connector connector(long id, String... types) {
    List<Trigger> triggers = java.util.Arrays.stream(types).map(Trigger::new).toList();
    var spec = ConnectorSpec.of("c" + id, DRAFT.spec().request(), triggers, Policy.DEFAULT);
    return ConnectorDocumentTest.connector(
        id, new Draft(spec, Auth.NONE, true, DRAFT.plan(), List.of(), false));
  }

  private static List<Long> ids(List<Connector> connectors) {
    return connectors.stream().map(Connector::id).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "*, invoice.paid, true",
    "*, a, true",
    "invoice.paid, invoice.paid, true",
    "invoice.paid, Invoice.paid, false",
    "invoice.paid, invoice.paid.twice, false",
    "invoice.paid, invoice, false",
    "invoice.*, invoice.paid, true",
    "invoice.*, invoice.paid.twice, true",
    "invoice.*, invoice, false",
    "invoice.*, invoice., false",
    "invoice.*, invoices.paid, false",
    "invoice.*, my.invoice.paid, false",
    "a.b.*, a.b.c, true",
    "a.b.*, a.b, false",
    "a.b.*, a.bc.d, false",
    "a.*, a..b, true",
    "x/y:z.*, x/y:z.w, true",
  })
  void whatATriggerMeans(String trigger, String type, boolean matches) {
    assertThat(new Trigger(trigger).matches(type)).isEqualTo(matches);
    var catalog = new Catalog();
    catalog.put(connector(1, trigger));
    assertThat(!catalog.of(1).matching(type).isEmpty()).isEqualTo(matches);
  }

  @Test
  void eachConnectorOnceInTheOrderOfIds() {
    var catalog = new Catalog();
    catalog.put(connector(3, "a.b"));
    catalog.put(connector(1, "*", "a.*", "a.b", "a.b"));
    catalog.put(connector(2, "a.b.*"));
    catalog.put(connector(4));
    assertThat(ids(catalog.of(1).matching("a.b"))).containsExactly(1L, 3L);
    assertThat(ids(catalog.of(1).all())).containsExactly(1L, 2L, 3L, 4L);
    assertThat(catalog.of(2).all()).isEmpty();
  }

  @Test
  void aChangeMakesAnotherObject() {
    var catalog = new Catalog();
    var told = new ArrayList<Long>();
    catalog.onChange(told::add);
    TenantConnectors empty = catalog.of(1);
    catalog.put(connector(1, "a"));
    TenantConnectors one = catalog.of(1);
    assertThat(one).isNotSameAs(empty).isSameAs(catalog.of(1));
    assertThat(one.matching("a")).isSameAs(one.matching("a")).hasSize(1);
    catalog.put(connector(1, "b"));
    assertThat(ids(one.matching("a"))).containsExactly(1L);
    assertThat(catalog.of(1).matching("a")).isEmpty();
    assertThat(catalog.get(1)).isNotNull();
    catalog.remove(1);
    catalog.remove(1);
    assertThat(catalog.get(1)).isNull();
    assertThat(catalog.of(1).all()).isEmpty();
    assertThat(told).containsExactly(1L, 1L, 1L);
  }

  @Test
  void tenThousandConnectorsMatchAsOneByOneWould() {
    var random = new Random(3);
    String[] words = {"a", "b", "c", "invoice", "paid"};
    var catalog = new Catalog();
    for (int i = 0; i < 10_000; i++) {
      var triggers = new String[random.nextInt(3)];
      for (int k = 0; k < triggers.length; k++) {
        String type = type(random, words);
        triggers[k] =
            switch (random.nextInt(8)) {
              case 0 -> "*";
              case 1, 2, 3 -> type + ".*";
              default -> type;
            };
      }
      catalog.put(connector(random.nextLong() >>> 1, triggers));
    }
    TenantConnectors all = catalog.of(1);
    for (int i = 0; i < 300; i++) {
      String type = type(random, words);
      List<Connector> expected =
          all.all().stream()
              .filter(c -> c.spec().triggers().stream().anyMatch(t -> t.matches(type)))
              .toList();
      assertThat(all.matching(type)).isEqualTo(expected);
    }
    for (int i = 0; i < 5_000; i++) {
      assertThat(all.matching("made.up." + i)).isNotNull();
    }
  }

  private static String type(Random random, String[] words) {
    var type = new StringBuilder(words[random.nextInt(words.length)]);
    for (int i = random.nextInt(4); i > 0; i--) {
      type.append('.').append(words[random.nextInt(words.length)]);
    }
    return type.toString();
  }
}
