package io.fairlead.render;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a body is made, settled when a connector is saved.
sealed interface BodyPlan {
  /// A body to send.
  ///
  /// @param contentType the header that only this body can have, or null
  record Sending(Rendered.Body body, @Nullable String contentType) {}

  /// Makes it for one attempt.
  ///
  /// @param masked whether `***` is written for each secret
  Made<Sending> make(Values values, boolean masked);

  /// Whether a secret is written somewhere.
  default boolean hasSecret() {
    return false;
  }

  /// The same kind, or the same bytes, for every delivery.
  record Fixed(Rendered.Body body) implements BodyPlan {
    @Override
    public Made<Sending> make(Values values, boolean masked) {
      return new Made.Done<>(new Sending(body, null));
    }
  }

  /// Text with values in it, sent as UTF-8.
  record Text(List<Piece> pieces) implements BodyPlan {
    @Override
    public Made<Sending> make(Values values, boolean masked) {
      var output = new Output(values, RequestPlan.MAX_BODY, masked);
      Piece.Stop stop = output.append(pieces);
      return stop == null
          ? sending(output.text().toString(), null, masked)
          : new Made.Not<>(stop.failed());
    }

    @Override
    public boolean hasSecret() {
      return Piece.anySecret(pieces);
    }
  }

  /// Parts with a boundary between them.
  record Multipart(List<MultipartBody.PartPlan> parts) implements BodyPlan {
    @Override
    public Made<Sending> make(Values values, boolean masked) {
      var texts = new ArrayList<String>(parts.size());
      for (MultipartBody.PartPlan part : parts) {
        var output = new Output(values, RequestPlan.MAX_BODY, masked);
        if (output.leavesOut(part.optional())) {
          continue;
        }
        Piece.Stop stop = output.append(part.pieces());
        if (stop != null) {
          return new Made.Not<>(stop.failed());
        }
        texts.add(output.text().toString());
      }
      return joined(texts, values, masked);
    }

    @Override
    public boolean hasSecret() {
      return parts.stream().anyMatch(part -> Piece.anySecret(part.pieces()));
    }
  }

  /// The data itself.
  record OfData(BodyText.Data.Kind kind, XmlNames names) implements BodyPlan {
    @Override
    public Made<Sending> make(Values values, boolean masked) {
      if (kind == BodyText.Data.Kind.JSON) {
        return sending(values.data().json(), null, false);
      }
      return switch (values.data().tree()) {
        case Data.Tree.Unreadable(String detail) ->
            failed("The event's data cannot be read. " + detail);
        case Data.Tree.Read(var json) ->
            switch (kind) {
              case JSON -> sending(values.data().json(), null, false);
              case XML -> {
                var out = new StringBuilder(1024);
                String refused = DataText.xml(out, json, names);
                yield refused == null ? sending(out.toString(), null, false) : failed(refused);
              }
              case FORM, MULTIPART ->
                  switch (DataText.pairs(json)) {
                    case DataText.Pairs.Bad(String reason) -> failed(reason);
                    case DataText.Pairs.Good(var pairs) ->
                        kind == BodyText.Data.Kind.FORM ? form(pairs) : multipart(pairs, values);
                  };
            };
      };
    }

    private static Made<Sending> form(List<Map.Entry<String, String>> pairs) {
      var out = new StringBuilder(1024);
      for (var pair : pairs) {
        out.append(out.isEmpty() ? "" : "&");
        String refused = Escape.FORM.text(out, pair.getKey());
        out.append('=');
        if (refused == null) {
          refused = Escape.FORM.text(out, pair.getValue());
        }
        if (refused != null) {
          return failed(DataText.cannot(pair.getKey(), "a form", refused));
        }
      }
      return sending(out.toString(), null, false);
    }

    private static Made<Sending> multipart(List<Map.Entry<String, String>> pairs, Values values) {
      var texts = new ArrayList<String>(pairs.size());
      for (var pair : pairs) {
        var out = new StringBuilder("Content-Disposition: form-data; name=\"");
        String refused = Escape.PART_PARAMETER.text(out, pair.getKey());
        out.append("\"\r\n\r\n");
        if (refused == null) {
          refused = Escape.RAW.text(out, pair.getValue());
        }
        if (refused != null) {
          return failed(DataText.cannot(pair.getKey(), "a part of a form", refused));
        }
        texts.add(out.toString());
      }
      return joined(texts, values, false);
    }
  }

  private static Made<Sending> joined(List<String> texts, Values values, boolean masked) {
    String boundary = MultipartBody.boundary(values.delivery(), texts);
    String contentType = "multipart/form-data; boundary=" + boundary;
    return sending(MultipartBody.join(texts, boundary), contentType, masked);
  }

  private static Made<Sending> sending(String text, @Nullable String contentType, boolean masked) {
    return text.length() > RequestPlan.MAX_BODY && !masked
        ? tooLong()
        : sending(text.getBytes(StandardCharsets.UTF_8), contentType, masked);
  }

  /// What is shown may be longer than what is sent: its secrets may be shorter than their mask.
  private static Made<Sending> sending(byte[] bytes, @Nullable String contentType, boolean masked) {
    return bytes.length > RequestPlan.MAX_BODY && !masked
        ? tooLong()
        : new Made.Done<>(new Sending(new Rendered.Body.Made(bytes, bytes), contentType));
  }

  private static Made<Sending> tooLong() {
    return failed("The body is longer than %,d bytes.".formatted(RequestPlan.MAX_BODY));
  }

  private static Made<Sending> failed(String sentence) {
    return new Made.Not<>(new Rendered.Failed("", "the body", sentence));
  }
}
