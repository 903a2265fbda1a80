package io.fairlead.render;

import io.fairlead.http.Header;
import java.util.ArrayList;
import java.util.List;

/// What rendering came to.
public sealed interface Rendered {
  /// The request, but for what the caller adds: authorization, computed headers and headers of the
  /// hub's own.
  ///
  /// @param head what is sent; the same object for every delivery when the plan's head repeats
  /// @param shown what may be stored and shown, secrets masked; the same object as `head` when the
  ///   author's text holds none
  record Request(Head head, Head shown, Body body) implements Rendered {}

  /// The first line and the author's headers.
  ///
  /// @param target path and query, ASCII as it goes on the wire, at most 16 KiB
  /// @param headers in the author's order, `Content-Type` among them when there is a body; values
  ///   are ISO-8859-1, at most
  record Head(String target, List<Header> headers) {
    public Head {
      headers = List.copyOf(headers);
    }

    /// The same with one header more.
    Head with(String name, String value) {
      var more = new ArrayList<>(headers);
      more.add(new Header(name, value));
      return new Head(target, more);
    }
  }

  /// The body.
  sealed interface Body {
    /// There is none.
    enum None implements Body {
      /// The only one.
      NONE
    }

    /// The event itself, as `{"id","type","time","data"}`: the caller writes it.
    enum Event implements Body {
      /// The only one.
      EVENT
    }

    /// The body that the author described.
    ///
    /// @param bytes what is sent, at most 1 MiB; not to be written to
    /// @param shown the same with secrets masked; the same array when there are none
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    record Made(byte[] bytes, byte[] shown) implements Body {}

    /// The same body, shown as another that was written with secrets masked.
    default Body shownAs(Body masked) {
      return this instanceof Made(byte[] bytes, byte[] _)
              && masked instanceof Made(byte[] _, byte[] shown)
          ? new Made(bytes, shown)
          : this;
    }
  }

  /// Nothing may be sent.
  ///
  /// @param token the token as its author wrote it, e.g. `{{InvoiceNumber}}`; empty when the whole
  ///   is at fault, not one token
  /// @param place where it stands, e.g. `header X-Number`, `URL path`, `JSON body at line 3, column
  ///   9`
  /// @param sentence why, for a person, with token and place in it
  record Failed(String token, String place, String sentence) implements Rendered {}
}
