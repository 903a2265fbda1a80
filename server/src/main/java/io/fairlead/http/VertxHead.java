package io.fairlead.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request's head as Vert.x read it; everything that is read lazily there is read here at once.
final class VertxHead implements Head {
  private final String method;
  private final String path;
  private final String query;
  private final MultiMap headers;
  private final String remote;
  private final Loop loop;

  VertxHead(HttpServerRequest request, Loop loop) {
    this.method = request.method().equals(HttpMethod.HEAD) ? "GET" : request.method().name();
    this.path = Objects.requireNonNullElse(request.path(), "");
    this.query = Objects.requireNonNullElse(request.query(), "");
    this.headers = request.headers();
    this.remote = request.connection().remoteAddress().hostAddress();
    this.loop = loop;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public List<Header> headers() {
    var all = new ArrayList<Header>(headers.size());
    for (Map.Entry<String, String> header : headers) {
      all.add(new Header(header.getKey(), header.getValue()));
    }
    return all;
  }

  @Override
  public InetAddress remote() {
    return InetAddress.ofLiteral(remote);
  }

  @Override
  public Loop loop() {
    return loop;
  }
}
