package io.fairlead.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.call.Attempt;
import io.fairlead.call.Sent;
import io.fairlead.delivery.LaneAction.Send;
import io.fairlead.response.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final long CONNECTOR = 1;
  private static final LaneRules RULES =
      new LaneRules(CONNECTOR, true, 2, List.of(Duration.ofSeconds(5)));

  private final Lanes lanes =
      new Lanes(
          new LaneLimits(100, 1_000, 1_000_000, 100),
          new RetryPolicy(new SplittableRandom(1)),
          () -> 1_000_000,
          0);
  private long now = 1_000_000;

  @Test
  void deliveriesBeyondTheConcurrencyWait() {
    begin();

    arrive(5);

    assertThat(sent()).hasSize(2);
    assertThat(lanes.windowed()).isEqualTo(3);
  }

  /// A backlog of a third party that hung counted as one of a quick one, and held every sender up.
  @Test
  void aThirdPartyThatBeginsToHangIsNotQuickAnyMore() {
    begin();
    arrive(50);
    List<Delivery> calls = sent();
    lanes.ended(calls.get(0), success(1_000), now);
    assertThat(lanes.quickWaiting(now)).isPositive();

    now += 200;

    assertThat(lanes.quickWaiting(now)).isZero();
  }

  @Test
  void aThirdPartyThatIsSlowIsNotQuick() {
    begin();
    arrive(50);

    lanes.ended(sent().get(0), success(400_000), now);

    assertThat(lanes.quickWaiting(now)).isZero();
  }

  @Test
  void whatAWindowHoldsIsClaimedWhenItIsDue() {
    begin();
    Delivery held = new Delivery(10, 1, CONNECTOR, 9, "a.b", now, new byte[] {'1'}, 0, 0);
    lanes.waits(held, now + 5_000, now);

    lanes.tick(now + 4_999);
    assertThat(lanes.takeActions()).isEmpty();

    lanes.tick(now + 5_000);
    assertThat(lanes.takeActions()).singleElement().isInstanceOf(LaneAction.Claim.class);
    lanes.claimed(CONNECTOR, new Claimed(List.of(held), false, Long.MAX_VALUE), now + 5_000);
    assertThat(sent()).containsExactly(held);
  }

  @Test
  void whatIsCalledOffIsNotSent() {
    begin();
    arrive(5);
    assertThat(sent()).extracting(Delivery::id).containsExactly(10L, 11L);

    lanes.cancelled(CONNECTOR, Set.of(10L, 12L, 13L), now);
    assertThat(lanes.windowed()).isEqualTo(1);
    lanes.ended(delivery(10), success(1_000), now);

    assertThat(sent()).extracting(Delivery::id).containsExactly(14L);
  }

  /// The reader saw the store as it was before the deliveries were called off.
  @Test
  void whatIsCalledOffWhileAClaimIsReadIsNotSent() {
    lanes.connector(RULES, now);
    assertThat(lanes.takeActions()).singleElement().isInstanceOf(LaneAction.Claim.class);
    lanes.recheck(100, now);

    lanes.cancelled(CONNECTOR, Set.of(10L), now);
    lanes.claimed(
        CONNECTOR, new Claimed(List.of(delivery(10), delivery(11)), false, Long.MAX_VALUE), now);

    assertThat(sent()).extracting(Delivery::id).containsExactly(11L);
  }

  private Delivery delivery(long id) {
    return new Delivery(id, 1, CONNECTOR, 9, "a.b", now, new byte[] {'1'}, 0, 0);
  }

  private void begin() {
    lanes.connector(RULES, now);
    lanes.takeActions();
    lanes.claimed(CONNECTOR, new Claimed(List.of(), false, Long.MAX_VALUE), now);
  }

  private void arrive(int count) {
    for (int i = 0; i < count; i++) {
      lanes.arrived(delivery(10 + i), now);
    }
  }

  private List<Delivery> sent() {
    return lanes.takeActions().stream()
        .filter(Send.class::isInstance)
        .map(action -> ((Send) action).delivery())
        .toList();
  }

  private Attempt success(long micros) {
    return new Attempt(now, micros, 1, Sent.nothing(), null, Judgement.SUCCESS);
  }
}
