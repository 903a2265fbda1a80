package io.fairlead.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.HandClock;
import io.fairlead.base.Ids;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.Slice;
import io.fairlead.storage.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Tenants and keys on both databases.
@ParameterizedClass
@EnumSource(Dialect.class)
final class KeyRingTest {
  private static final String OPERATOR = "the operator's very own key";

  private final Dialect dialect;

  private final HandClock clock = new HandClock(1_770_000_000_000L);
  private final Ids ids = new Ids(clock, 0, 0);
  private TestDatabase opened;
  private Tenants tenants;
  private KeyRing ring;
  private ApiKeys keys;
  private Tenant acme;

  KeyRingTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    opened = TestDatabase.open(dialect, clock);
    start();
    acme = tenants.create("acme", "Acme Ltd.").orElseThrow();
  }

  /// As at the start of a hub.
  private void start() {
    tenants = new Tenants(opened.database(), ids, clock);
    tenants.load();
    ring = new KeyRing(OPERATOR, clock);
    keys = new ApiKeys(opened.database(), tenants, ring, ids, clock);
    keys.load();
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void knowsTheOperator() {
    assertThat(ring.find(OPERATOR)).isEqualTo(KeyHolder.OPERATOR);
    assertThat(ring.find("the operator's very own kez")).isNull();
    assertThat(ring.find("")).isNull();
  }

  @Test
  void letsAKeyInFromItsMakingOn() {
    ApiKeys.Made made = keys.create(acme, "Back end", Role.INGEST, null, null);

    assertThat(made.text()).matches("flk_[0-9a-hjkmnp-tv-z]{52}");
    assertThat(made.text()).startsWith(made.key().hint());
    assertThat(made.toString()).doesNotContain(made.text());
    assertThat(ring.find(made.text()))
        .isEqualTo(new KeyHolder(Role.INGEST, acme, made.key().id(), "Back end"));
  }

  @Test
  void rememberItAfterARestart() {
    ApiKeys.Made made = keys.create(acme, "Back end", Role.VIEWER, null, null);

    start();

    assertThat(tenants.named("acme")).isEqualTo(acme);
    assertThat(ring.find(made.text()))
        .isEqualTo(new KeyHolder(Role.VIEWER, acme, made.key().id(), "Back end"));
  }

  @Test
  void letsARevokedKeyInNoMore() {
    ApiKeys.Made made = keys.create(acme, "Back end", Role.ADMIN, null, null);

    keys.revoke(acme.id() + 1, made.key().id());
    assertThat(ring.find(made.text())).as("another tenant cannot").isNotNull();
    keys.revoke(acme.id(), made.key().id());

    assertThat(ring.find(made.text())).isNull();
    start();
    assertThat(ring.find(made.text())).isNull();
    assertThat(keys.get(acme.id(), made.key().id()).orElseThrow().revokedAt())
        .isEqualTo(clock.millis());
  }

  @Test
  void letsAnExpiredKeyInNoMore() {
    long expiry = clock.millis() + 1_000;
    ApiKeys.Made made = keys.create(acme, "Visitor", Role.VIEWER, null, expiry);

    clock.advance(Duration.ofMillis(999));
    assertThat(ring.find(made.text())).isNotNull();
    clock.advance(Duration.ofMillis(1));
    assertThat(ring.find(made.text())).isNull();
  }

  @Test
  void notesUsesToTheMinute() {
    ApiKeys.Made made = keys.create(acme, "Back end", Role.VIEWER, null, null);
    long first = clock.millis();
    assertThat(keys.get(acme.id(), made.key().id()).orElseThrow().lastUsedAt()).isNull();

    var _ = ring.find(made.text());
    clock.advance(Duration.ofSeconds(59));
    var _ = ring.find(made.text());
    assertThat(keys.get(acme.id(), made.key().id()).orElseThrow().lastUsedAt()).isEqualTo(first);
    keys.flushUses();
    start();
    assertThat(keys.get(acme.id(), made.key().id()).orElseThrow().lastUsedAt()).isEqualTo(first);

    clock.advance(Duration.ofSeconds(1));
    var _ = ring.find(made.text());
    assertThat(keys.list(acme.id(), Slice.first(10)).rows().getFirst().lastUsedAt())
        .isEqualTo(first + 60_000);
  }

  @Test
  void hasADefaultTenantOnce() {
    start();

    assertThat(tenants.named(Tenant.DEFAULT)).isNotNull();
    assertThat(tenants.create(Tenant.DEFAULT, "again")).isEmpty();
    assertThat(tenants.list(Slice.first(10)).rows()).hasSize(2);
    assertThat(tenants.list(Slice.first(1)).more()).isTrue();
  }

  @Test
  void aKeyWithItsEmailFindsItsHolder() {
    ApiKeys.Made made = keys.create(acme, "Campaigns", Role.POWER_USER, "Ann@example.com", null);
    ApiKeys.Made nobodys = keys.create(acme, "Back end", Role.POWER_USER, null, null);
    start();

    var holder = new KeyHolder(Role.POWER_USER, acme, made.key().id(), "Campaigns");
    assertThat(ring.find(made.text(), "ann@EXAMPLE.com")).isEqualTo(holder);
    assertThat(ring.find(made.text())).isEqualTo(holder);
    assertThat(ring.find(made.text(), "")).isNull();
    assertThat(ring.find(made.text(), "bob@example.com")).isNull();
    assertThat(ring.find(nobodys.text(), "ann@example.com")).isNull();
    assertThat(ring.find(nobodys.text(), "")).isNull();
    assertThat(ring.find(OPERATOR, "")).isNull();
    assertThat(keys.get(acme.id(), made.key().id()).orElseThrow().email())
        .isEqualTo("Ann@example.com");

    keys.revoke(acme.id(), made.key().id());
    assertThat(ring.find(made.text(), "ann@example.com")).isNull();
  }
}
