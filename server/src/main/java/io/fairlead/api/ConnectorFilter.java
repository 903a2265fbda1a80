package io.fairlead.api;

import io.fairlead.adaptor.Adaptor;
import io.fairlead.adaptor.SharedAdaptor;
import io.fairlead.authorization.Authorization;
import io.fairlead.base.Ids;
import io.fairlead.connector.Connector;
import io.fairlead.connector.ConnectorState;
import io.fairlead.render.BodyText;
import io.fairlead.render.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which of a tenant's connectors are listed; all that is given must hold.
///
/// @param text in small letters: a part of the name or of the URL; null for any
/// @param id the connector's own, when the text is one
/// @param states empty for any, as is each of the other sets
record ConnectorFilter(
    @Nullable String text,
    @Nullable Long id,
    Set<String> states,
    Set<String> methods,
    Set<String> bodyTypes,
    @Nullable Long adaptor,
    @Nullable Long authorization) {
  /// By what `sort` calls them; what is equal is in the order of creation.
  static final SequencedMap<String, Comparator<Connector>> ORDERS = orders();

  private static SequencedMap<String, Comparator<Connector>> orders() {
    var orders = new LinkedHashMap<String, Comparator<Connector>>();
    orders.put("createdAt", Comparator.comparingLong(Connector::id));
    orders.put("updatedAt", by(Connector::updatedAt));
    orders.put(
        "name",
        Comparator.comparing(
                (Connector connector) -> connector.spec().name(), String.CASE_INSENSITIVE_ORDER)
            .thenComparingLong(Connector::id));
    orders.put("url", by(connector -> connector.spec().request().url()));
    orders.put("method", by(connector -> connector.spec().request().method()));
    orders.put("bodyType", by(connector -> connector.spec().request().body().type()));
    orders.put("state", by(Connector::state));
    return orders;
  }

  private static <K extends Comparable<? super K>> Comparator<Connector> by(
      Function<Connector, K> key) {
    return Comparator.comparing(key).thenComparingLong(Connector::id);
  }

  static ConnectorFilter read(Call call) {
    String text = call.parameters().searched("q");
    return new ConnectorFilter(
        text == null ? null : text.toLowerCase(Locale.ROOT),
        text == null ? null : number(Connector.PREFIX, text),
        words(call, "state", names(ConnectorState.values())),
        words(call, "method", names(Method.values())),
        words(call, "bodyType", BodyText.TYPES),
        call.parameters().id("adaptor", Adaptor.PREFIX),
        call.parameters().id("authorization", Authorization.PREFIX));
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static Set<String> words(Call call, String parameter, List<String> words) {
    return call.parameters().all(parameter).stream()
        .filter(word -> call.parameters().isWord(parameter, word, words))
        .collect(Collectors.toSet());
  }

  private static @Nullable Long number(String prefix, String text) {
    var id = Ids.parse(prefix, text);
    return id.isPresent() ? id.getAsLong() : null;
  }

  boolean fits(Connector connector) {
    return (text == null || isFound(connector, text))
        && fits(states, connector.state().name())
        && fits(methods, connector.spec().request().method().name())
        && fits(bodyTypes, connector.spec().request().body().type())
        && (adaptor == null || isAdaptor(connector.spec().adaptor(), adaptor))
        && (authorization == null || connector.auth().uses(authorization));
  }

  private boolean isFound(Connector connector, String part) {
    return connector.spec().name().toLowerCase(Locale.ROOT).contains(part)
        || connector.spec().request().url().toLowerCase(Locale.ROOT).contains(part)
        || (id != null && id == connector.id());
  }

  private static boolean isAdaptor(@Nullable SharedAdaptor adaptor, long id) {
    return adaptor != null && adaptor.id() == id;
  }

  private static boolean fits(Set<String> wanted, String word) {
    return wanted.isEmpty() || wanted.contains(word);
  }
}
