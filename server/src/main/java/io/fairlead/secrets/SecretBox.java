package io.fairlead.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts what is kept secret at rest: AES-256-GCM. A sealed text names the key it needs and
/// opens only in the row that it was sealed for. Safe for use by several threads.
public final class SecretBox {
  /// The shortest text that may be a key.
  public static final int SHORTEST_KEY = 16;

  private static final byte VERSION = 1;
  private static final int KEY_ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

  private final List<Key> keys;
  private final SecureRandom random = new SecureRandom();

  private record Key(byte[] id, SecretKeySpec secret) {}

  /// What opening came to.
  public sealed interface Opened {
    /// The plain bytes of a row that cannot do without them.
    ///
    /// @param another what else they may belong to: `another connector`
    /// @param refused makes what is thrown of why they cannot be had
    default byte[] orRefuse(String another, Function<String, ? extends RuntimeException> refused) {
      return switch (this) {
        case Plain(byte[] bytes) -> bytes;
        case KeyMissing(String keyId) ->
            throw refused.apply("its secret needs the encryption key " + keyId + ".");
        case Broken _ ->
            throw refused.apply("its secret was changed, or belongs to " + another + ".");
      };
    }

    /// The plain bytes.
    record Plain(byte[] bytes) implements Opened {}

    /// It was sealed with a key that is not here.
    record KeyMissing(String keyId) implements Opened {}

    /// It was changed, cut, or belongs to another row.
    enum Broken implements Opened {
      /// The only one.
      BROKEN
    }
  }

  /// @param key any text of 16 characters or more
  /// @param older keys that sealed what is still to be opened
  public SecretBox(String key, List<String> older) {
    var all = new ArrayList<Key>();
    all.add(key(key));
    older.forEach(text -> all.add(key(text)));
    this.keys = List.copyOf(all);
  }

  private static Key key(String text) {
    if (text.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "an encryption key has " + SHORTEST_KEY + " characters or more");
    }
    byte[] secret = sha256("fairlead encryption key\0", text);
    byte[] id = Arrays.copyOf(sha256("fairlead encryption key id\0", text), KEY_ID_BYTES);
    return new Key(id, new SecretKeySpec(secret, "AES"));
  }

  private static byte[] sha256(String purpose, String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(purpose.getBytes(StandardCharsets.US_ASCII));
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Seals bytes for one row.
  ///
  /// @param tenant the row's tenant
  /// @param row the row's number
  public byte[] seal(byte[] plain, long tenant, long row) {
    Key key = keys.getFirst();
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] head = ByteBuffer.allocate(HEAD_BYTES).put(VERSION).put(key.id).put(nonce).array();
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, head, tenant, row);
      byte[] sealed = Arrays.copyOf(head, HEAD_BYTES + cipher.getOutputSize(plain.length));
      var _ = cipher.doFinal(plain, 0, plain.length, sealed, HEAD_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt", e);
    }
  }

  /// Opens what was sealed for that row.
  public Opened open(byte[] sealed, long tenant, long row) {
    if (sealed.length < HEAD_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
      return Opened.Broken.BROKEN;
    }
    byte[] id = Arrays.copyOfRange(sealed, 1, 1 + KEY_ID_BYTES);
    for (Key key : keys) {
      if (Arrays.equals(key.id, id)) {
        return open(key, sealed, tenant, row);
      }
    }
    return new Opened.KeyMissing(HexFormat.of().formatHex(id));
  }

  private static Opened open(Key key, byte[] sealed, long tenant, long row) {
    try {
      Cipher cipher =
          cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, HEAD_BYTES), tenant, row);
      return new Opened.Plain(cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES));
    } catch (AEADBadTagException e) {
      return Opened.Broken.BROKEN;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot decrypt", e);
    }
  }

  /// Head and row are authenticated, not encrypted: a sealed text moved to another row, or given
  /// another key's name, does not open.
  private static Cipher cipher(int mode, Key key, byte[] head, long tenant, long row)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        key.secret,
        new GCMParameterSpec(TAG_BITS, head, HEAD_BYTES - NONCE_BYTES, NONCE_BYTES));
    cipher.updateAAD(head);
    cipher.updateAAD(ByteBuffer.allocate(16).putLong(tenant).putLong(row).array());
    return cipher;
  }

  /// The name of the key that seals, for people: eight hexadecimal digits that tell nothing of it.
  public String keyId() {
    return HexFormat.of().formatHex(keys.getFirst().id);
  }
}
