package io.fairlead.adaptor;

/// An adaptor as connectors hold it: always as it was saved last, so that a change of the adaptor
/// needs no change of those who use it. Read from any thread; changed only on the writer's thread.
public final class SharedAdaptor {
  private volatile Adaptor now;
  private volatile boolean deleted;

  SharedAdaptor(Adaptor adaptor) {
    this.now = adaptor;
  }

  /// Its number, which never changes.
  public long id() {
    return now.id();
  }

  /// As it was saved last.
  public Adaptor now() {
    return now;
  }

  /// Whether a connector may be saved with it.
  public boolean isChoosable() {
    return !deleted && now.active();
  }

  void put(Adaptor adaptor) {
    now = adaptor;
  }

  void delete() {
    deleted = true;
  }
}
