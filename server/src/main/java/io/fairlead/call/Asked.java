package io.fairlead.call;

import io.fairlead.http.Opening;
import io.fairlead.http.Reply;
import io.fairlead.response.Judge;
import io.fairlead.response.Judgement;
import io.fairlead.secrets.Mask;

/// What a call whose answer is taken piece by piece came to at first.
public sealed interface Asked {
  /// An answer began. It has to be collected, streamed or cancelled, unless it is complete.
  ///
  /// @param answer as it came: not masked
  /// @param sent what was sent, masked
  /// @param judge says what the answer comes to by the connector's settings and rules
  /// @param mask finds the connector's secrets
  /// @param revision the connector's
  /// @param tries how many times the request was sent, 1 or 2
  /// @param startedAt in epoch milliseconds
  /// @param started by the clock's nanoseconds
  record Answered(
      Opening.Opened answer,
      Sent sent,
      Judge judge,
      Mask mask,
      int revision,
      int tries,
      long startedAt,
      long started)
      implements Asked {
    /// What the answer comes to. Where {@link Judge#needsBody} the body has to be the whole one.
    ///
    /// @param body what is known of it
    /// @param bodySize how large it is; more than is known when it is not the whole one
    /// @param now epoch milliseconds
    public Judgement judged(byte[] body, long bodySize, long now) {
      return judge.judge(reply(body, bodySize), now, mask::mask);
    }

    /// The exchange as it is logged: masked.
    ///
    /// @param body what is kept of it, e.g. {@link Opening.Opened#first}, or nothing
    /// @param bodySize how much came
    /// @param now by the clock's nanoseconds
    public Attempt attempt(byte[] body, long bodySize, Judgement judgement, long now) {
      return new Attempt(
          startedAt,
          (now - started) / 1_000,
          revision,
          sent,
          Answer.of(reply(body, bodySize), mask),
          judgement);
    }

    private Reply.Answered reply(byte[] body, long bodySize) {
      return new Reply.Answered(answer.status(), answer.headers(), body, bodySize, answer.nanos());
    }
  }

  /// No answer began, or nothing was sent at all.
  record Failed(Attempt attempt) implements Asked {}
}
