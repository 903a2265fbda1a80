package io.fairlead.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.json.JsonWriter;
import io.fairlead.secrets.SecretBox;
import io.fairlead.storage.Dialect;
import io.fairlead.storage.Saved;
import io.fairlead.storage.Sql;
import io.fairlead.storage.StoreRefused;
import io.fairlead.storage.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Dialect.class)
class CommandsTest {
  private static final String BINDING =
      """
      {"deadline":"5s","keepDocuments":true,"targets":[
        {"method":"GET","url":"https://a.example/{{CustomerId}}","notFound":[{"status":410}],
         "authorization":{"kind":"bearer","token":"tok-1-very-secret"}},
        {"name":"b","method":"POST","url":"https://b.example","body":{"type":"json"},
         "policy":{"timeout":"3s"}}]}
      """;

  private final TestDatabase store;
  private final Ids ids = new Ids(Clock.SYSTEM, 1, 0);
  private final Commands commands = new Commands(ids, Clock.SYSTEM);
  private final CommandCatalog catalog = new CommandCatalog();
  private final Drafts drafts = new Drafts();
  private final Bindings bindings = bindings("0123456789abcdef");

  CommandsTest(Dialect dialect) {
    this.store = TestDatabase.open(dialect, Clock.SYSTEM);
    store.execute(
        "INSERT INTO tenant (id, name, label, created_at) VALUES (1, 't1', 'T', 0)"
            + " ON CONFLICT DO NOTHING");
    catalog.put(drafts.command);
  }

  private Bindings bindings(String key) {
    return new Bindings(
        new SecretBox(key, List.of()),
        ids,
        Clock.SYSTEM,
        drafts.authorizations,
        drafts.adaptors,
        drafts.connectors,
        catalog);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<Command> loaded() {
    return store.database().read(commands::load);
  }

  private <T> T change(Sql<T> work) {
    return store.database().write(work);
  }

  private Saved<Command> saved(Sql<Saved<Command>> work) {
    return change(work);
  }

  private Saved<Binding> bound(Sql<Saved<Binding>> work) {
    return change(work);
  }

  private boolean deleted(Sql<Boolean> work) {
    return change(work);
  }

  private static <T> T done(Saved<T> saved) {
    assertThat(saved).isInstanceOf(Saved.Done.class);
    return ((Saved.Done<T>) saved).row();
  }

  private Binding inserted() {
    return done(bound(handle -> bindings.insert(handle, 1, "t1", drafts.binding(BINDING, null))));
  }

  @Test
  void twoCommandsAreThereFromTheBeginning() {
    assertThat(loaded().stream().map(Command::name))
        .containsExactly("GetInvoiceImage", "LoginWithToken");
    Command image = loaded().getFirst();
    assertThat(image.answer())
        .isEqualTo(new Wanted.Document(List.of("application/pdf", "image/*"), 25L << 20));
    var login = (Wanted.JsonAnswer) loaded().getLast().answer();
    assertThat(login.check(Drafts.json("{\"ContactEmail\":\"a@b.example\"}"))).isEmpty();
    assertThat(login.check(Drafts.json("{\"ContactId\":17}"))).isEmpty();
    assertThat(login.check(Drafts.json("{\"contactId\":17}"))).isNotEmpty();
  }

  @Test
  void aCommandIsWrittenChangedAndDeleted() {
    Command made = done(saved(h -> commands.insert(h, Drafts.STATEMENT)));
    assertThat(saved(h -> commands.insert(h, Drafts.STATEMENT)))
        .isEqualTo(new Saved.NameTaken<Command>("GetStatement"));
    assertThat(loaded().getLast()).isEqualTo(made);
    Command later = done(saved(h -> commands.update(h, made, Drafts.STATEMENT)));
    assertThat(later.revision()).isEqualTo(2);
    assertThat(saved(h -> commands.update(h, made, Drafts.STATEMENT)))
        .isInstanceOf(Saved.Stale.class);
    assertThat(deleted(h -> commands.delete(h, later))).isTrue();
    assertThat(saved(h -> commands.update(h, later, Drafts.STATEMENT)))
        .isInstanceOf(Saved.Missing.class);
  }

  @Test
  void aBindingIsLoadedAsItWasWritten() {
    Binding made = inserted();
    Binding read = store.database().read(bindings::load).getFirst();
    assertThat(JsonWriter.text(BindingDocument.settings(read)))
        .isEqualTo(JsonWriter.text(BindingDocument.settings(made)));
    assertThat(((Target.Own) read.targets().getFirst()).connector().credential())
        .isEqualTo(((Target.Own) made.targets().getFirst()).connector().credential());
    assertThat(read.tenantName()).isEqualTo("t1");
    assertThat(read.command()).isEqualTo("GetStatement");
    assertThat(read.spec().deadline()).isEqualTo(requireNonNull(made.spec().deadline()));
  }

  @Test
  void theSecretIsNotReadable() {
    var _ = inserted();
    String stored =
        store
            .database()
            .read(h ->
                h.createQuery("SELECT doc FROM binding").mapTo(String.class).one()
                    + new String(
                        h.createQuery("SELECT secrets FROM binding").mapTo(byte[].class).one(),
                        java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThat(stored).doesNotContain("very-secret");
    assertThatThrownBy(() -> store.database().read(bindings("another key of 16")::load))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("needs the encryption key");
  }

  @Test
  void aSecondBindingOfATenantIsNoSecondRow() {
    var _ = inserted();
    assertThat(bound(h -> bindings.insert(h, 1, "t1", drafts.binding(BINDING, null))))
        .isInstanceOf(Saved.Stale.class);
  }

  @Test
  void nothingIsBoundToWhatACommandWas() {
    BindingDraft draft = drafts.binding(BINDING, null);
    catalog.put(new Command(9, Drafts.STATEMENT, 2, 0, 0));
    assertThat(bound(h -> bindings.insert(h, 1, "t1", draft))).isInstanceOf(Saved.Stale.class);
  }

  @Test
  void aBindingIsChangedOnlyFromItsLastRevision() {
    Binding made = inserted();
    BindingDraft draft = drafts.binding(BINDING, made);
    Binding later = done(bound(h -> bindings.update(h, made, draft)));
    assertThat(later.revision()).isEqualTo(2);
    assertThat(bound(h -> bindings.update(h, made, draft))).isInstanceOf(Saved.Stale.class);
    assertThat(deleted(h -> bindings.delete(h, later))).isTrue();
    assertThat(bound(h -> bindings.update(h, later, draft))).isInstanceOf(Saved.Missing.class);
  }
}
