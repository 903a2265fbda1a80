package io.fairlead.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Dialect.class)
class AuthorizationsTest {
  private final Ids ids = new Ids(Clock.SYSTEM, 1, 0);
  private final Authorizations authorizations =
      new Authorizations(new SecretBox("0123456789abcdef", List.of()), ids, Clock.SYSTEM);
  private final Store store;
  private final Handle handle;

  AuthorizationsTest(Dialect dialect) throws SQLException {
    this.store = TestStores.open(dialect);
    this.handle = Jdbi.create(store.openWriter()).open();
  }

  @AfterEach
  void close() {
    handle.close();
    store.close();
  }

  private Saved<Authorization> insert(long tenant, String document) {
    Saved<Authorization> saved =
        authorizations.insert(handle, tenant, AuthorizationDocumentTest.draft(document));
    handle.commit();
    return saved;
  }

  private Saved<Authorization> update(Authorization before, AuthorizationDraft draft) {
    Saved<Authorization> saved = authorizations.update(handle, before, draft);
    handle.commit();
    return saved;
  }

  private static Authorization done(Saved<Authorization> saved) {
    assertThat(saved).isInstanceOf(Saved.Done.class);
    return ((Saved.Done<Authorization>) saved).row();
  }

  private static AuthorizationDraft named(String name) {
    AuthorizationDraft draft = AuthorizationDocumentTest.draft(AuthorizationDocumentTest.BEARER);
    return new AuthorizationDraft(name, draft.proof(), draft.hosts());
  }

  @Test
  void whatIsWrittenIsWhatIsLoaded() {
    int count = 0;
    for (String document :
        List.of(
            AuthorizationDocumentTest.BASIC,
            AuthorizationDocumentTest.BEARER,
            AuthorizationDocumentTest.API_KEY,
            AuthorizationDocumentTest.CUSTOM,
            AuthorizationDocumentTest.STANDARD,
            AuthorizationDocumentTest.HMAC)) {
      Authorization written =
          done(insert(1, document.replace("\"name\":\"A\"", "\"name\":\"A" + count + "\"")));
      assertThat(authorizations.load(handle).get(count++)).isEqualTo(written);
    }
  }

  @Test
  void aFormerSecretIsKeptWithItsEnd() {
    Authorization before = done(insert(1, AuthorizationDocumentTest.STANDARD));
    Signing rotated =
        new Signing.StandardWebhooks(
            Signing.Keys.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .rotated("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", 123_456));
    Authorization after =
        done(update(before, new AuthorizationDraft("A", rotated, before.hosts())));
    assertThat(after.revision()).isEqualTo(2);
    assertThat(authorizations.load(handle)).containsExactly(after);
  }

  @Test
  void secretsAreEncryptedAndBoundToTheirRow() {
    Authorization first = done(insert(1, AuthorizationDocumentTest.BEARER));
    String doc = handle.createQuery("SELECT doc FROM authorizations").mapTo(String.class).one();
    byte[] sealed =
        handle.createQuery("SELECT secrets FROM authorizations").mapTo(byte[].class).one();
    assertThat(doc + new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("tok-1");
    Authorization second = done(update(first, named("B")));
    Authorization other = done(insert(1, AuthorizationDocumentTest.BEARER));
    var _ =
        handle.execute(
            "UPDATE authorizations SET secrets ="
                + " (SELECT a.secrets FROM authorizations a WHERE a.id = ?) WHERE id = ?",
            second.id(),
            other.id());
    handle.commit();
    assertThatThrownBy(() -> authorizations.load(handle))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining(Ids.text("aut_", other.id()));
  }

  @Test
  void namesAreUniqueInATenantOnly() {
    Authorization first = done(insert(1, AuthorizationDocumentTest.BEARER));
    assertThat(insert(1, AuthorizationDocumentTest.BASIC)).isEqualTo(new Saved.NameTaken<>("A"));
    assertThat(done(insert(2, AuthorizationDocumentTest.BASIC)).tenant()).isEqualTo(2);
    var _ = authorizations.insert(handle, 1, named("B"));
    assertThat(update(first, named("B"))).isEqualTo(new Saved.NameTaken<>("B"));
  }

  @Test
  void aChangeNeedsTheRevisionThatItWasMadeFrom() {
    Authorization first = done(insert(1, AuthorizationDocumentTest.BEARER));
    Authorization second = done(update(first, named("B")));
    assertThat(second.revision()).isEqualTo(2);
    assertThat(update(first, named("C"))).isEqualTo(new Saved.Stale<>());
    var foreign = new Authorization(first.id(), 2, "A", first.proof(), first.hosts(), 2, 0, 0);
    assertThat(authorizations.delete(handle, foreign)).isFalse();
    assertThat(update(foreign, named("C"))).isEqualTo(new Saved.Missing<>());
    assertThat(authorizations.delete(handle, second)).isTrue();
    handle.commit();
    assertThat(update(second, named("D"))).isEqualTo(new Saved.Missing<>());
    assertThat(authorizations.load(handle)).isEmpty();
  }
}
