package io.fairlead.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One HTTP call to make. The checked address is dialled; name and port are used for `Host`, SNI
/// and the check of the certificate. `Host`, `Content-Length` and `Connection` are made by the
/// client and must not stand among the headers.
///
/// @param method e.g. `POST`
/// @param tls whether the scheme is https
/// @param host the name or the address in its plain form, without brackets
/// @param port the port
/// @param address where to connect
/// @param target path and query, sent byte for byte; must begin with `/` and be visible ASCII
/// @param headers sent in this order; names and values must pass {@link HeaderRules}
/// @param body what to send, or null for none
/// @param timeout how long the whole call may take, from now to the last byte of the answer
/// @param keep how much of the answer's body is kept, in bytes, e.g. 64 KiB
public record Outgoing(
    String method,
    boolean tls,
    String host,
    int port,
    InetAddress address,
    String target,
    List<Header> headers,
    byte @Nullable [] body,
    Duration timeout,
    int keep) {}
