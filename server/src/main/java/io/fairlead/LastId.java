package io.fairlead;

import org.jdbi.v3.core.Handle;

/// The largest number in the store: ids go on from there even if the clock was set back.
final class LastId {
  private LastId() {}

  static long find(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT max(id) FROM (
              SELECT max(id) AS id FROM event
              UNION ALL SELECT max(id) FROM pending
              UNION ALL SELECT max(id) FROM delivery
              UNION ALL SELECT max(id) FROM attempt
              UNION ALL SELECT max(id) FROM connector
              UNION ALL SELECT max(id) FROM run
              UNION ALL SELECT max(id) FROM command
              UNION ALL SELECT max(id) FROM binding
              UNION ALL SELECT max(id) FROM api_key
              UNION ALL SELECT max(id) FROM person
              UNION ALL SELECT max(id) FROM person_session
              UNION ALL SELECT max(id) FROM setup_link
              UNION ALL SELECT max(id) FROM audit
              UNION ALL SELECT max(id) FROM tenant) ids
            """)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }
}
