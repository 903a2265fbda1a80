package io.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.authorization.Credential;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.secrets.SecretBox;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.Saved;
import io.fairlead.storage.Store;
import io.fairlead.storage.StoreRefused;
import io.fairlead.storage.TestStores;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Dialect.class)
class ConnectorsTest {
  private static final String BEARER =
      """
      {"name":"A","method":"POST","url":"https://a.example/{{x}}",
       "headers":[{"name":"X-A","value":"1"}],"triggers":[{"eventType":"a.*"}],
       "authorization":{"kind":"bearer","token":"tok-1-very-secret"}}
      """;

  private final SecretBox secrets = new SecretBox("0123456789abcdef", List.of());
  private final Ids ids = new Ids(Clock.SYSTEM, 1, 0);
  private final Connectors connectors =
      new Connectors(secrets, ids, Clock.SYSTEM, new AuthorizationCatalog(), new AdaptorCatalog());
  private final Store store;
  private final Handle handle;

  ConnectorsTest(Dialect dialect) throws SQLException {
    this.store = TestStores.open(dialect);
    this.handle = Jdbi.create(store.openWriter()).open();
  }

  @BeforeEach
  void twoTenants() {
    for (long tenant : new long[] {1, 2}) {
      execute(
          "INSERT INTO tenant (id, name, label, created_at) VALUES (?, ?, 'T', 0)"
              + " ON CONFLICT DO NOTHING",
          tenant,
          "t" + tenant);
    }
  }

  @AfterEach
  void close() {
    handle.close();
    store.close();
  }

  private void execute(String sql, Object... arguments) {
    var _ = handle.execute(sql, arguments);
    handle.commit();
  }

  private Saved<Connector> committed(Saved<Connector> saved) {
    handle.commit();
    return saved;
  }

  private Saved<Connector> insert(long tenant, String document) {
    return committed(
        connectors.insert(
            handle, tenant, "t" + tenant, ConnectorDocumentTest.draft(document), Author.OPERATOR));
  }

  private Saved<Connector> update(Connector before, Draft draft) {
    return committed(connectors.update(handle, before, draft, Author.OPERATOR));
  }

  private Saved<Connector> setActive(Connector before, boolean active) {
    return committed(connectors.setActive(handle, before, active, Author.OPERATOR));
  }

  private boolean delete(Connector connector) {
    boolean deleted = connectors.delete(handle, connector);
    handle.commit();
    return deleted;
  }

  private List<Connector> load() {
    return connectors.load(handle);
  }

  private Connector inserted(String document) {
    return done(insert(1, document));
  }

  private static Connector done(Saved<Connector> saved) {
    assertThat(saved).isInstanceOf(Saved.Done.class);
    return ((Saved.Done<Connector>) saved).row();
  }

  private static void assertSame(Connector actual, Connector expected) {
    assertThat(actual).usingRecursiveComparison().ignoringFields("plan").isEqualTo(expected);
    assertThat(actual.plan().origin()).isEqualTo(expected.plan().origin());
  }

  @Test
  void whatIsWrittenIsWhatIsLoaded() {
    Connector first = inserted(BEARER);
    Connector second =
        inserted(
            "{\"name\":\"ö\",\"method\":\"GET\",\"url\":\"http://b.example\",\"active\":false}");
    List<Connector> loaded = load();
    assertThat(loaded).hasSize(2);
    assertSame(loaded.get(0), first);
    assertSame(loaded.get(1), second);
    assertThat(first.revision()).isEqualTo(1);
    assertThat(first.credential()).isEqualTo(new Credential.Bearer("tok-1-very-secret"));
  }

  @Test
  void theSecretIsNotInTheClear() {
    Connector connector = inserted(BEARER);
    byte[] sealed = handle.createQuery("SELECT secrets FROM connector").mapTo(byte[].class).one();
    String doc = handle.createQuery("SELECT doc FROM connector").mapTo(String.class).one();
    assertThat(doc + new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("very-secret");
    assertThat(connector.toString()).doesNotContain("very-secret");
  }

  @Test
  void aSecretOfAnotherRowIsWorthNothing() {
    Connector first = inserted(BEARER);
    Connector second = inserted(BEARER.replace("\"A\"", "\"B\""));
    execute(
        "UPDATE connector SET secrets = (SELECT secrets FROM connector WHERE id = ?)"
            + " WHERE id = ?",
        first.id(),
        second.id());
    assertThatThrownBy(this::load)
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining(Ids.text("con_", second.id()))
        .hasMessageContaining("belongs to another connector");
  }

  @Test
  void aNameIsTakenOnceInATenant() {
    Connector a = inserted(BEARER);
    Connector b = inserted(BEARER.replace("\"A\"", "\"B\""));
    assertThat(insert(1, BEARER)).isEqualTo(new Saved.NameTaken<>("A"));
    assertThat(insert(2, BEARER)).isInstanceOf(Saved.Done.class);
    Draft taken = ConnectorDocumentTest.draft(BEARER);
    assertThat(update(b, taken)).isEqualTo(new Saved.NameTaken<>("A"));
    assertThat(update(a, taken)).isInstanceOf(Saved.Done.class);
    assertThat(load()).hasSize(3);
  }

  @Test
  void anUpdateIsTheNextRevisionOrIsStale() {
    Connector before = inserted(BEARER);
    Draft draft =
        ConnectorDocumentTest.draft(
            "{\"name\":\"New\",\"method\":\"PUT\",\"url\":\"https://c.example/\",\"active\":false}");
    Connector after = done(update(before, draft));
    assertThat(after.revision()).isEqualTo(2);
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertSame(load().getFirst(), after);
    assertThat(update(before, draft)).isEqualTo(new Saved.Stale<>());
    assertThat(setActive(before, false)).isEqualTo(new Saved.Stale<>());
    assertThat(setActive(before, true)).isEqualTo(new Saved.Stale<>());
    assertThat(delete(before)).isTrue();
    assertThat(delete(before)).isFalse();
    assertThat(update(after, draft)).isEqualTo(new Saved.Missing<>());
    assertThat(setActive(after, true)).isEqualTo(new Saved.Missing<>());
  }

  @Test
  void switchingIsARevisionAndSwitchingToTheSameIsNone() {
    Connector before = inserted(BEARER);
    Connector off = done(setActive(before, false));
    assertThat(off.revision()).isEqualTo(2);
    assertThat(off.active()).isFalse();
    assertThat(off.plan()).isSameAs(before.plan());
    assertThat(done(setActive(off, false))).isSameAs(off);
    assertSame(load().getFirst(), off);
  }

  private List<Integer> revisions() {
    return handle
        .createQuery("SELECT revision FROM connector_revision ORDER BY revision")
        .mapTo(Integer.class)
        .list();
  }

  @Test
  void everySaveIsARevisionThatGoesWithItsConnector() {
    Connector before = inserted(BEARER);
    Connector off = done(setActive(before, false));
    var _ = done(setActive(off, false));
    assertThat(update(before, ConnectorDocumentTest.draft(BEARER))).isEqualTo(new Saved.Stale<>());
    var _ = done(update(off, ConnectorDocumentTest.draft(BEARER)));
    assertThat(revisions()).containsExactly(1, 2, 3);
    assertThat(delete(off)).isTrue();
    assertThat(revisions()).isEmpty();
  }

  @Test
  void onlyTheOwnTenantsRowIsTouched() {
    Connector mine = inserted(BEARER);
    var foreign =
        new Connector(
            mine.id(),
            2,
            "t2",
            mine.spec(),
            mine.auth(),
            mine.active(),
            null,
            1,
            0,
            0,
            mine.plan());
    assertThat(delete(foreign)).isFalse();
    assertThat(setActive(foreign, false)).isEqualTo(new Saved.Missing<>());
    assertThat(load()).hasSize(1);
  }

  @Test
  void aRowThatCannotBeReadIsNamed() {
    Connector connector = inserted(BEARER);
    execute("UPDATE connector SET doc = '{\"name\":\"A\"}'");
    assertThatThrownBy(this::load)
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining(Ids.text("con_", connector.id()));
  }
}
