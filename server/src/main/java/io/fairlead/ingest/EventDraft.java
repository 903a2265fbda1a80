package io.fairlead.ingest;

import io.fairlead.base.Problem.Fault;
import io.fairlead.base.Rfc3339;
import io.fairlead.event.NewEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// An event while it is being read, in whatever form it comes.
final class EventDraft {
  /// The parts of an event that are texts.
  enum Part {
    TYPE,
    ID,
    KEY,
    TIME,
    DATA
  }

  private static final int MAX_TEXT = 200;

  private final long tenant;
  private final @Nullable String idempotencyKey;
  private final BiFunction<Part, String, Fault> place;
  final List<Fault> faults = new ArrayList<>(0);
  private boolean typeIsWrong;
  @Nullable String type;
  @Nullable String clientId;
  @Nullable String subject;
  @Nullable String time;
  byte @Nullable [] data;

  /// @param place makes a fault of a part and a sentence: says where the part stands in this form
  EventDraft(long tenant, @Nullable String idempotencyKey, BiFunction<Part, String, Fault> place) {
    this.tenant = tenant;
    this.idempotencyKey = idempotencyKey;
    this.place = place;
  }

  void fault(Part part, String detail) {
    typeIsWrong |= part == Part.TYPE;
    faults.add(place.apply(part, detail));
  }

  /// The event, or all that is wrong with it.
  EventReader.Result result(long now) {
    checkType();
    checkText(Part.ID, clientId);
    checkText(Part.KEY, subject);
    Long given = time();
    byte[] read = data;
    if (read == null) {
      fault(Part.DATA, "An event needs data; any JSON value will do.");
    }
    String name = type;
    if (!faults.isEmpty() || read == null || name == null) {
      return new EventReader.Result.Wrong(faults);
    }
    byte[] fingerprint =
        clientId == null && idempotencyKey == null ? null : fingerprint(name, read);
    return new EventReader.Result.Read(
        new NewEvent(
            tenant,
            name,
            subject,
            clientId,
            idempotencyKey,
            fingerprint,
            given == null ? now : given,
            read));
  }

  private void checkType() {
    if (type == null) {
      if (!typeIsWrong) {
        fault(Part.TYPE, "An event needs a type, such as invoice.paid.");
      }
    } else if (!isType(type)) {
      fault(Part.TYPE, "A type has 1 to 200 characters of A-Z a-z 0-9 . _ : / and -.");
    }
  }

  private void checkText(Part part, @Nullable String text) {
    if (text == null) {
      return;
    }
    if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_TEXT) {
      fault(part, "It must have 1 to 200 characters.");
    } else if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
      fault(part, "It must not have control characters or halves of characters.");
    }
  }

  private @Nullable Long time() {
    String text = time;
    if (text == null) {
      return null;
    }
    Long millis = Rfc3339.parse(text);
    if (millis == null) {
      fault(Part.TIME, "It must be a time as in RFC 3339, such as 2026-03-02T10:15:03Z.");
    }
    return millis;
  }

  private byte[] fingerprint(String name, byte[] read) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : Arrays.asList(name, clientId, subject, time)) {
        digest.update((part == null ? "" : part).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) (part == null ? 1 : 0));
      }
      return digest.digest(read);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean isType(String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isTypeCharacter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTypeCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == ':'
        || c == '/'
        || c == '-';
  }
}
