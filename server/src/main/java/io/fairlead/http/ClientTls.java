package io.fairlead.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The client's side of TLS: 1.2 or 1.3, certificate checked against the name that is called.
final class ClientTls {
  private static final long HANDSHAKE_MILLIS = 10_000;

  private final SslContext context;

  /// @param trusted null for the JVM's own trust
  ClientTls(@Nullable KeyStore trusted) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .endpointIdentificationAlgorithm("HTTPS");
      if (trusted != null) {
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        builder.trustManager(managers);
      }
      this.context = builder.build();
    } catch (SSLException | GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no usable TLS", e);
    }
  }

  SslHandler handler(ByteBufAllocator allocator, String host, int port) {
    SSLEngine engine = context.newEngine(allocator, host, port);
    if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
      // The JDK sends no server name without a dot in it unless told to.
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      engine.setSSLParameters(parameters);
    }
    var handler = new SslHandler(engine);
    handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
    return handler;
  }
}
