package io.fairlead.delivery;

import io.fairlead.connector.Author;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connector;
import io.fairlead.connector.Connectors;
import io.fairlead.delivery.Backlog.Which;
import io.fairlead.storage.Database;
import io.fairlead.storage.Saved;
import java.util.function.Consumer;

/// Switches connectors on and off and takes them away, with what becomes of their deliveries.
///
/// While a connector is inactive nothing of it is sent, so a stop in the middle of a long change
/// leaves it inactive and the change can be asked for again.
public final class Activation {
  private static final int COUNTED_UP_TO = 10_000;

  /// What becomes of the deliveries that are held when a connector is activated.
  public enum Held {
    /// They are sent.
    RELEASE,
    /// They are called off.
    DISCARD,
    /// They stay held.
    KEEP
  }

  /// What taking a connector away came to.
  public sealed interface Deletion {
    /// It is gone; its log stays.
    enum Done implements Deletion {
      /// The only one.
      DONE
    }

    /// Deliveries wait for it.
    ///
    /// @param waiting how many, counted up to 10,000
    record StillWaiting(int waiting) implements Deletion {}

    /// It was gone already.
    enum Missing implements Deletion {
      /// The only one.
      MISSING
    }
  }

  private final Database database;
  private final Connectors connectors;
  private final Catalog catalog;
  private final Backlog backlog;
  private final Dispatchers dispatchers;

  /// Puts together what a change of a connector concerns.
  public Activation(
      Database database,
      Connectors connectors,
      Catalog catalog,
      Backlog backlog,
      Dispatchers dispatchers) {
    this.database = database;
    this.connectors = connectors;
    this.catalog = catalog;
    this.backlog = backlog;
    this.dispatchers = dispatchers;
  }

  /// Activates a connector, also one that a third party has halted; one that runs already lets go,
  /// or discards, what was kept back.
  public Saved<Connector> activate(Connector before, Held held, Author author) {
    switch (held) {
      case RELEASE -> backlog.letGo(before.id());
      case DISCARD -> backlog.cancel(before.id(), before.runs() ? Which.KEPT_BACK : Which.ALL);
      case KEEP -> {
        if (!before.runs()) {
          backlog.keepBack(before.id());
        }
      }
    }
    Saved<Connector> saved = setActive(before, true, author);
    dispatchers.moreDue(before.id());
    return saved;
  }

  /// Disables a connector; what waits for it is held.
  public Saved<Connector> disable(Connector before, Author author) {
    return setActive(before, false, author);
  }

  private Saved<Connector> setActive(Connector before, boolean active, Author author) {
    return database.write(
        handle -> connectors.setActive(handle, before, active, author),
        saved -> {
          if (saved instanceof Saved.Done<Connector>(Connector connector)) {
            catalog.put(connector);
          }
        });
  }

  /// Deletes a connector for which nothing waits, or calls off what does.
  ///
  /// @param hold refuses when something else needs the connector; called before anything is
  ///   changed, and again in the transaction
  public Deletion delete(
      Connector before, boolean cancelDeliveries, Author author, Consumer<Connector> hold) {
    hold.accept(before);
    if (cancelDeliveries) {
      var _ = disable(before, author);
      backlog.cancel(before.id(), Which.ALL);
    }
    return database.write(
        handle -> {
          hold.accept(before);
          int waiting = Backlog.count(handle, before.id(), COUNTED_UP_TO);
          if (waiting > 0) {
            return new Deletion.StillWaiting(waiting);
          }
          return connectors.delete(handle, before) ? Deletion.Done.DONE : Deletion.Missing.MISSING;
        },
        deletion -> {
          if (deletion == Deletion.Done.DONE) {
            catalog.remove(before.id());
          }
        });
  }
}
